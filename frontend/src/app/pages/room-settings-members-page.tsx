import { ManagedMembers } from "@/features/members/managed-members";
import { useSettingsRoom } from "../use-settings-room";

export default function RoomSettingsMembersPage() {
  const room = useSettingsRoom();
  return room ? <ManagedMembers key={room.id} room={room} /> : null;
}

import { DangerSettings } from "@/features/room-settings/danger-settings";
import { useSettingsRoom } from "../use-settings-room";

export default function RoomSettingsDangerPage() {
  const room = useSettingsRoom();
  return room ? <DangerSettings key={room.id} room={room} /> : null;
}

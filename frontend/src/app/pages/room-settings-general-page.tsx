import { GeneralSettings } from "@/features/room-settings/general-settings";
import { useSettingsRoom } from "../use-settings-room";

export default function RoomSettingsGeneralPage() {
  const room = useSettingsRoom();
  return room ? <GeneralSettings key={room.id} room={room} /> : null;
}

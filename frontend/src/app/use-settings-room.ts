import { useParams } from "@tanstack/react-router";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import type { Room } from "@/shared/api/types";

/** The room whose settings are open; the frame around them shows the pages only while I am in it. */
export function useSettingsRoom(): Room | undefined {
  const { roomId } = useParams({ from: "/in/r/$roomId/settings" });
  return useMyRooms().data?.find(({ id }) => id === roomId);
}

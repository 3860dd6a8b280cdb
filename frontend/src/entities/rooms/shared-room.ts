/** Where one meets somebody: a room that both are in and in which one writes. */
import { api } from "@/shared/api/client";
import type { Room, UserSummary } from "@/shared/api/types";
import { myRooms } from "./my-rooms";
import { recentRooms } from "./recent-rooms";

/** The server is asked room by room: nobody has to wait for hundreds of answers. */
const MAX_ASKED = 20;
const MAX_FOUND = 20;

/** The one that was open last; null when there is none among the latest. */
export async function sharedRoom({ id: userId, username }: UserSummary): Promise<Room | null> {
  for (const room of latest(myRooms())) {
    const query = { query: username, limit: MAX_FOUND };
    const params = { path: { room_id: room.id }, query };
    const { data } = await api.GET("/api/v1/rooms/{room_id}/members", { params });
    if (data?.items.some(({ user }) => user.id === userId)) return room;
  }
  return null;
}

function latest(rooms: readonly Room[]): Room[] {
  const recent = recentRooms.get();
  const place = ({ id }: Room) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return rooms
    .filter(({ archived_at }) => !archived_at)
    .sort((a, b) => place(a) - place(b))
    .slice(0, MAX_ASKED);
}

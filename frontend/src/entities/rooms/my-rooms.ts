/** The rooms I am in: one snapshot in the query cache, patched by the socket's events. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { readStates, seedReadStates } from "@/entities/read-state/read-state-store";
import { $api, api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import type { Room } from "@/shared/api/types";

const MAX_ROOMS = 500;

const { queryKey } = $api.queryOptions("get", "/api/v1/rooms", {
  params: { query: { joined: true, limit: 100 } },
});
const myRoomsKey = [...queryKey, "all"];

export const myRoomsQuery = queryOptions({
  queryKey: myRoomsKey,
  queryFn: async () => {
    const asked = readStates();
    const rooms = await fetchAll();
    seedReadStates(
      rooms.map((room) => ({ roomId: room.id, count: room })),
      false,
      asked,
    );
    return rooms;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const useMyRooms = () => useQuery(myRoomsQuery);
export const myRooms = (): Room[] => queryClient.getQueryData<Room[]>(myRoomsKey) ?? [];
export const refetchMyRooms = () => queryClient.invalidateQueries({ queryKey: myRoomsKey });

export function putMyRoom(room: Room) {
  change((rooms) => [...rooms.filter(({ id }) => id !== room.id), room]);
}

export function patchMyRoom(roomId: string, patch: Partial<Room>) {
  change((rooms) => rooms.map((room) => (room.id === roomId ? { ...room, ...patch } : room)));
}

export function removeMyRoom(roomId: string) {
  change((rooms) => rooms.filter(({ id }) => id !== roomId));
}

function change(update: (rooms: Room[]) => Room[]) {
  queryClient.setQueryData<Room[]>(myRoomsKey, (rooms) => rooms && update(rooms).sort(byName));
}

const byName = (a: Room, b: Room) => a.name.localeCompare(b.name);

async function fetchAll(): Promise<Room[]> {
  const rooms: Room[] = [];
  let cursor: string | null | undefined;
  do {
    const query = { joined: true, limit: 100, ...(cursor ? { cursor } : {}) };
    const { data } = await api.GET("/api/v1/rooms", { params: { query } });
    rooms.push(...(data?.items ?? []));
    cursor = data?.next_cursor;
  } while (cursor && rooms.length < MAX_ROOMS);
  return rooms.sort(byName);
}

/** Creating, joining and leaving: one REST call each, then the caches follow at once (the socket's frame comes too). */
import { awaitComposer } from "@/entities/composing/composing-store";
import { seedReadStates } from "@/entities/read-state/read-state-store";
import { $api, api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import type { Room, Schemas } from "@/shared/api/types";
import { putMyRoom } from "./my-rooms";

export async function createRoom(request: Schemas["CreateRoomRequest"]): Promise<Room> {
  const { data } = await api.POST("/api/v1/rooms", { body: request });
  if (!data) throw new Error("the server answered without a room");
  enter(data);
  return data;
}

export async function joinRoom(roomId: string): Promise<void> {
  await api.PUT("/api/v1/rooms/{room_id}/members/{user_id}", {
    params: { path: { room_id: roomId, user_id: "me" } },
  });
  const { data } = await api.GET("/api/v1/rooms/{room_id}", { params: { path: { room_id: roomId } } });
  if (data) enter(data);
}

export async function leaveRoom(roomId: string): Promise<void> {
  await api.DELETE("/api/v1/rooms/{room_id}/members/{user_id}", {
    params: { path: { room_id: roomId, user_id: "me" } },
  });
}

export async function addMember(roomId: string, userId: string): Promise<void> {
  await api.PUT("/api/v1/rooms/{room_id}/members/{user_id}", {
    params: { path: { room_id: roomId, user_id: userId } },
  });
  await refetchMembers(roomId);
}

export function refetchMembers(roomId: string) {
  const params = { path: { room_id: roomId } };
  const { queryKey } = $api.queryOptions("get", "/api/v1/rooms/{room_id}/members", { params });
  return queryClient.invalidateQueries({ queryKey });
}

/** Who comes into a room writes there next. */
function enter(room: Room) {
  awaitComposer(room.id);
  seedReadStates([{ roomId: room.id, count: room }], false);
  putMyRoom(room);
}

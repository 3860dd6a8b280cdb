/** Changing a room and its members: one REST call each, then the caches follow at once. */
import { api } from "@/shared/api/client";
import type { Role, Schemas } from "@/shared/api/types";
import { refetchMembers } from "./membership";
import { patchMyRoom } from "./my-rooms";

export async function updateRoom(roomId: string, change: Schemas["UpdateRoomRequest"]): Promise<void> {
  const { data } = await api.PATCH("/api/v1/rooms/{room_id}", {
    params: { path: { room_id: roomId } },
    body: change,
  });
  if (!data) return;
  const { name, topic, slow_mode, archived_at = null } = data;
  patchMyRoom(roomId, { name, topic, slow_mode, archived_at });
}

export async function deleteRoom(roomId: string): Promise<void> {
  await api.DELETE("/api/v1/rooms/{room_id}", { params: { path: { room_id: roomId } } });
}

export async function changeRole(roomId: string, userId: string, role: Role): Promise<void> {
  await api.PATCH("/api/v1/rooms/{room_id}/members/{user_id}", {
    params: { path: { room_id: roomId, user_id: userId } },
    body: { role },
  });
  await refetchMembers(roomId);
}

export async function removeMember(roomId: string, userId: string): Promise<void> {
  await api.DELETE("/api/v1/rooms/{room_id}/members/{user_id}", {
    params: { path: { room_id: roomId, user_id: userId } },
  });
  await refetchMembers(roomId);
}

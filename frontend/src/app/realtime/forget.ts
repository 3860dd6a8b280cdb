/** What goes when a membership or the session ends. */
import { forgetComposing } from "@/entities/composing/composing-store";
import { dropAllReadStates, dropReadState, roomsWithReadState } from "@/entities/read-state/read-state-store";
import { myRooms, removeMyRoom } from "@/entities/rooms/my-rooms";
import { closeSegment } from "@/entities/timeline/segment-store";
import { dropAllTimelines, dropTimeline } from "@/entities/timeline/timeline-store";
import { $api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import { toast } from "@/shared/ui/toast-store";

/** `reason` as in the `removed` frame; somebody who left doesn't need to be told. */
export function forgetRoom(roomId: string, reason?: string) {
  const room = myRooms().find(({ id }) => id === roomId);
  if (room && reason && reason !== "left") {
    toast(reason.includes("deleted") ? `#${room.name} was deleted` : `You are no longer in #${room.name}`);
  }
  removeMyRoom(roomId);
  dropTimeline(roomId);
  dropReadState(roomId);
  const { queryKey } = $api.queryOptions("get", "/api/v1/rooms/{room_id}", {
    params: { path: { room_id: roomId } },
  });
  void queryClient.invalidateQueries({ queryKey });
}

/** `joined`: all rooms that I am in. One that was left while the socket was down may be held by its counts only. */
export function forgetRoomsBut(joined: ReadonlySet<string>) {
  const held = new Set([...myRooms().map(({ id }) => id), ...roomsWithReadState()]);
  for (const roomId of held) if (!joined.has(roomId)) forgetRoom(roomId);
}

export function forgetEverything() {
  dropAllTimelines();
  dropAllReadStates();
  forgetComposing();
  closeSegment();
  queryClient.clear();
}

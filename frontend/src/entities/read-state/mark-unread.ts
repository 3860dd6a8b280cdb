/** Marks something unread: at once here, and taken back when the server refuses. It is not kept for later. */
import { openRoomStore } from "@/entities/timeline/timeline-store";
import { api } from "@/shared/api/client";
import { applyReadMark, changeReadState, pauseReadMarks, resumeReadMarks, sendLater } from "./mark-read";
import { refuse, unreadAfter } from "./read-marks";
import type { Counts } from "./read-state";
import { holdReading } from "./reading-hold";

/** Of each room, the one that is on its way: the next waits for it. */
const underWay = new Map<string, Promise<void>>();

/**
 * Everything from `seq` on is unread, which is `counts` until the server has counted. In the room that is open nothing
 * is read by itself from now on. Throws when the server doesn't take it or can't be reached.
 */
export function markUnread(roomId: string, seq: number, counts: Counts): Promise<void> {
  const mark = seq - 1;
  const { taken, quiet } = pauseReadMarks(roomId);
  const isOpen = openRoomStore.getState().roomId === roomId;
  const undoHold = isOpen ? holdReading({ roomId, after: mark }) : null;
  changeReadState(roomId, (state) => unreadAfter(state, mark, counts));
  const earlier = underWay.get(roomId) ?? quiet;
  const going = earlier.catch(() => {}).then(() => put(roomId, seq));
  underWay.set(roomId, going);
  return going
    .catch((error: unknown) => {
      undoHold?.();
      changeReadState(roomId, (state) => refuse(state, mark));
      if (taken !== undefined) sendLater(roomId, taken);
      throw error;
    })
    .finally(() => {
      if (underWay.get(roomId) !== going) return;
      underWay.delete(roomId);
      resumeReadMarks(roomId);
    });
}

async function put(roomId: string, seq: number) {
  await api.PUT("/api/v1/rooms/{room_id}/unread", { params: { path: { room_id: roomId } }, body: { seq } });
  applyReadMark(roomId, seq - 1);
}

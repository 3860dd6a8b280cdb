import { markRead } from "@/entities/read-state/mark-read";
import { markUnread } from "@/entities/read-state/mark-unread";
import type { ReadState } from "@/entities/read-state/read-state";
import { readStates } from "@/entities/read-state/read-state-store";
import { resumeReading } from "@/entities/read-state/reading-hold";
import { describeError } from "@/shared/api/api-error";
import { dismissToast, toast } from "@/shared/ui/toast-store";

let lastNotice: number | undefined;

/** Every room, up to what has been counted; what arrives later is unread again. It can be taken back. */
export function markAllRead() {
  const unread = Object.entries(readStates()).filter(([, state]) => state.unread > 0);
  if (unread.length === 0) return toast("Nothing was unread");
  resumeReading();
  for (const [roomId, { countedTo }] of unread) markRead(roomId, countedTo);
  // One way back at a time: to what was unread last.
  if (lastNotice !== undefined) dismissToast(lastNotice);
  const title = unread.length === 1 ? "1 room marked as read" : `${unread.length} rooms marked as read`;
  lastNotice = toast(title, "info", { label: "Undo", run: () => void putBack(unread) });
}

/** Each room's mark to where it was. */
async function putBack(unread: [roomId: string, was: ReadState][]) {
  const back = await Promise.allSettled(
    unread.map(([roomId, { readSeq, unread, mentions }]) =>
      markUnread(roomId, (readSeq ?? 0) + 1, { unread, mentions }),
    ),
  );
  const failures = back.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  if (failures.length === 0) return;
  const which = back.length === 1 ? "The room is" : `${failures.length} of ${back.length} rooms are`;
  toast(`${which} still marked as read. ${describeError(failures[0])}`, "error");
}

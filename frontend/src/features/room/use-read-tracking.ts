/**
 * Marks the room read up to the newest row that was on the screen for half a second, in a focused tab; not where
 * something was marked unread, until one has caught up.
 */
import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import { markRead } from "@/entities/read-state/mark-read";
import { isReadingHeld } from "@/entities/read-state/reading-hold";
import type { Row } from "@/entities/timeline/rows";
import { timelineOf } from "@/entities/timeline/timeline-store";

const SEEN_MS = 500;

export function useReadTracking(
  roomId: string,
  rows: readonly Row[],
  handle: RefObject<VirtualizerHandle | null>,
  isPinned: RefObject<boolean>,
  hasAttention: boolean,
) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latestRows = useRef(rows);
  latestRows.current = rows;

  const look = useCallback(() => {
    clearTimeout(timer.current);
    if (!hasAttention) return;
    timer.current = setTimeout(() => {
      if (isReadingHeld(roomId)) return;
      const seq = isPinned.current ? timelineOf(roomId).have : newestSeen(latestRows.current, handle.current);
      if (seq) markRead(roomId, seq);
    }, SEEN_MS);
  }, [roomId, handle, isPinned, hasAttention]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what this runs for
  useEffect(() => {
    look();
    return () => clearTimeout(timer.current);
  }, [look, rows]);

  return look;
}

function newestSeen(rows: readonly Row[], list: VirtualizerHandle | null): number | null {
  if (!list) return null;
  const bottom = list.scrollOffset + list.viewportSize;
  for (let index = list.findItemIndex(bottom); index >= 0; index -= 1) {
    const row = rows[index];
    const middle = list.getItemOffset(index) + list.getItemSize(index) / 2;
    if (middle > bottom) continue;
    if (row?.kind === "message") return row.message.seq;
    if (row?.kind === "note") return row.note.event.seq;
  }
  return null;
}

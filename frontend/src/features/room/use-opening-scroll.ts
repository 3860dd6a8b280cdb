/** A room opens at its "New" line where more is new than the screen holds; else at its end. */
import { type RefObject, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Row } from "@/entities/timeline/rows";

/** After the list knows its window: one in which the rows at its end are made, one in which they are measured. */
const FRAMES_TO_MEASURE = 2;
/** What comes late (rows that are measured, the scroll event of the end) must not take the line away again. */
const FRAMES_TO_STAY = 40;
/** Who has begun to do something knows where they want to be. */
const GESTURES = ["keydown", "pointerdown", "wheel", "touchmove"];

export function useOpeningScroll(
  rows: readonly Row[],
  handle: RefObject<VirtualizerHandle | null>,
  /** False where something else is to be looked at. */
  isWanted: boolean,
  unpin: () => void,
) {
  const opening = useRef({ isWanted, unpin });
  const latestRows = useRef(rows);
  latestRows.current = rows;
  useEffect(() => {
    const { isWanted, unpin } = opening.current;
    const newLine = () => latestRows.current.findIndex(({ kind }) => kind === "new");
    if (!isWanted || newLine() < 0) return;
    const gestures = new AbortController();
    let frame = 0;
    const stop = () => {
      gestures.abort();
      cancelAnimationFrame(frame);
    };
    const look = (framesWithWindow: number) => {
      const list = handle.current;
      if (!list) return;
      if (framesWithWindow < FRAMES_TO_MEASURE) {
        const isSized = list.viewportSize > 0;
        frame = requestAnimationFrame(() => look(isSized ? framesWithWindow + 1 : 0));
        return;
      }
      const index = newLine();
      if (index < 0 || list.scrollSize - list.getItemOffset(index) <= list.viewportSize) return stop();
      go(list);
    };
    const go = (list: VirtualizerHandle, frames = 0) => {
      const index = newLine();
      if (index < 0 || frames > FRAMES_TO_STAY) return stop();
      const below = list.getItemOffset(index) - list.scrollOffset;
      if (frames === 0 || below < -1 || below >= list.viewportSize) {
        unpin();
        list.scrollToIndex(index, { align: "start" });
      }
      frame = requestAnimationFrame(() => go(list, frames + 1));
    };
    for (const gesture of GESTURES)
      addEventListener(gesture, stop, { capture: true, passive: true, signal: gestures.signal });
    look(0);
    return stop;
  }, [handle]);
}

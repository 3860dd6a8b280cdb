/** A room opens at its "New" line where more is new than the screen holds; else at its end. */
import { type RefObject, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Row } from "@/entities/timeline/rows";

/** After the list knows its window: one in which the rows at its end are made, one in which they are measured. */
const FRAMES_TO_MEASURE = 2;
/** Who has begun to do something knows where they want to be. */
const GESTURES = ["keydown", "pointerdown", "wheel", "touchmove"];

/**
 * Whether the list stands where it opens, and knows it. Until then nothing may be loaded for being near to what is
 * seen: unmeasured, a list seems to stand at its first row, and rows put before those of one that is on its way
 * stop it, or take it to its end.
 */
export function useOpeningScroll(
  rows: readonly Row[],
  handle: RefObject<VirtualizerHandle | null>,
  /** False where something else is to be looked at. */
  isWanted: boolean,
  unpin: () => void,
): boolean {
  const [isOpened, setIsOpened] = useState(false);
  const opening = useRef({ isWanted, unpin });
  const latestRows = useRef(rows);
  latestRows.current = rows;
  useEffect(() => {
    const { isWanted, unpin } = opening.current;
    const gestures = new AbortController();
    let frame = 0;
    const stop = () => {
      gestures.abort();
      cancelAnimationFrame(frame);
    };
    const end = () => {
      stop();
      setIsOpened(true);
    };
    const look = (framesWithWindow: number) => {
      const list = handle.current;
      if (list && framesWithWindow === FRAMES_TO_MEASURE) return go(list);
      const isSized = list !== null && list.viewportSize > 0;
      frame = requestAnimationFrame(() => look(isSized ? framesWithWindow + 1 : 0));
    };
    const go = (list: VirtualizerHandle) => {
      const index = isWanted ? latestRows.current.findIndex(({ kind }) => kind === "new") : -1;
      if (index < 0 || list.scrollSize - list.getItemOffset(index) <= list.viewportSize) return end();
      unpin();
      list.scrollToIndex(index, { align: "start" });
      frame = requestAnimationFrame(end); // the list has heard of its scrolling by then
    };
    for (const gesture of GESTURES)
      addEventListener(gesture, end, { capture: true, passive: true, signal: gestures.signal });
    look(0);
    return stop;
  }, [handle]);
  return isOpened;
}

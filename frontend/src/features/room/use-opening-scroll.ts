/** A room opens at its "New" line where more is new than the screen holds; else at its end. */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Row } from "@/entities/timeline/rows";

/** After the list knows its window: one in which the rows it shows are made, one in which they are measured. */
const FRAMES_TO_MEASURE = 2;
/** No row is lower, however small the text is, so that many rows need not be measured to know that the screen can't hold them. */
const LEAST_ROW_PX = 16;
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
  useLayoutEffect(() => {
    const { isWanted, unpin } = opening.current;
    const newLine = () => (isWanted ? latestRows.current.findIndex(({ kind }) => kind === "new") : -1);
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
    const whenMeasured = (then: (list: VirtualizerHandle) => void, framesWithWindow = 0) => {
      const list = handle.current;
      if (list && framesWithWindow === FRAMES_TO_MEASURE) return then(list);
      const isSized = list !== null && list.viewportSize > 0;
      frame = requestAnimationFrame(() => whenMeasured(then, isSized ? framesWithWindow + 1 : 0));
    };
    const go = (index: number) => {
      unpin();
      handle.current?.scrollToIndex(index, { align: "start" });
      whenMeasured(end);
    };
    for (const gesture of GESTURES)
      addEventListener(gesture, end, { capture: true, passive: true, signal: gestures.signal });
    const first = newLine();
    if (first >= 0 && (latestRows.current.length - first) * LEAST_ROW_PX > innerHeight) go(first);
    else {
      whenMeasured((list) => {
        const index = newLine();
        const isFar = index >= 0 && list.scrollSize - list.getItemOffset(index) > list.viewportSize;
        return isFar ? go(index) : end();
      });
    }
    return stop;
  }, [handle]);
  return isOpened;
}

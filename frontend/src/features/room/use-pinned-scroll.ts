/**
 * Keeps a list at its end until the person scrolls away.
 *
 * Only a gesture un-pins: scroll events made by layout (rows being measured, code being coloured) never do. While
 * pinned, every change of height scrolls to the end again, by `scrollHeight` and not by index.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";

const AT_END_PX = 80;
const FAR_PX = 400;
const GESTURE_MS = 1_000;
const SCROLL_KEYS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " ", "j", "k"]);

const fromEnd = (list: VirtualizerHandle) => list.scrollSize - list.scrollOffset - list.viewportSize;

export function usePinnedScroll(
  scroller: RefObject<HTMLElement | null>,
  handle: RefObject<VirtualizerHandle | null>,
  rows: unknown,
  /** False while the list shows a stretch of the past, whose end is not the room's. */
  isLiveEnd: boolean,
  startsPinned: boolean,
) {
  const isPinned = useRef(startsPinned);
  const gestureAt = useRef(Number.NEGATIVE_INFINITY);
  const isPointerDown = useRef(false);
  const isEndLive = useRef(isLiveEnd);
  isEndLive.current = isLiveEnd;
  const [isFar, setIsFar] = useState(false);

  const keepPinned = useCallback(() => {
    const element = scroller.current;
    if (isPinned.current && isEndLive.current && element) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  const lookHowFar = useCallback(() => {
    if (handle.current) setIsFar(!isPinned.current && fromEnd(handle.current) > FAR_PX);
  }, [handle]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what this runs for
  useLayoutEffect(() => {
    keepPinned();
    lookHowFar();
  }, [rows]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const viewport = new ResizeObserver(keepPinned);
    // Rows are measured as a frame is laid out. An observer of the list's size would hear of it a frame later, and
    // the end would have been out of sight for that long; one of its style hears of it before anything is painted.
    const height = () =>
      [...(element?.children ?? [])].map((child) => (child as HTMLElement).style.height).join();
    let heightBefore = height();
    const list = new MutationObserver(() => {
      if (height() === heightBefore) return; // being scrolled changes the style, too
      heightBefore = height();
      keepPinned();
    });
    if (element) {
      viewport.observe(element);
      for (const child of element.children) list.observe(child, { attributeFilter: ["style"] });
    }
    return () => {
      viewport.disconnect();
      list.disconnect();
    };
  }, [scroller, keepPinned]);

  useEffect(() => {
    const element = scroller.current;
    const events = new AbortController();
    const options = { signal: events.signal, passive: true };
    const gesture = () => {
      gestureAt.current = performance.now();
    };
    const press = () => {
      isPointerDown.current = true;
    };
    const release = () => {
      if (isPointerDown.current) gesture();
      isPointerDown.current = false;
    };
    element?.addEventListener("wheel", gesture, options);
    element?.addEventListener("touchmove", gesture, options);
    element?.addEventListener("keydown", (event) => SCROLL_KEYS.has(event.key) && gesture(), options);
    element?.addEventListener("pointerdown", press, options);
    addEventListener("pointerup", release, options);
    addEventListener("pointercancel", release, options);
    return () => events.abort();
  }, [scroller]);

  const onScroll = useCallback(() => {
    if (!handle.current) return;
    const isGesture = isPointerDown.current || performance.now() - gestureAt.current < GESTURE_MS;
    if (fromEnd(handle.current) < AT_END_PX && isEndLive.current) isPinned.current = true;
    else if (isGesture) {
      isPinned.current = false;
      gestureAt.current = performance.now(); // momentum goes on by itself
    }
    lookHowFar();
  }, [handle, lookHowFar]);

  const jumpToEnd = useCallback(() => {
    // Takes the place of a scroll to a row, which the list would go on with while it measures.
    if (!isPinned.current) handle.current?.scrollTo(Number.MAX_SAFE_INTEGER);
    isPinned.current = true;
    gestureAt.current = Number.NEGATIVE_INFINITY;
    setIsFar(false);
    keepPinned();
  }, [handle, keepPinned]);

  /** Something else than the end is to be looked at. */
  const unpin = useCallback(() => {
    isPinned.current = false;
  }, []);

  return { isPinned, isFar, onScroll, jumpToEnd, unpin };
}

/** A finger that rests on something. Where the browser has a context menu of its own for it, this replaces that. */
import { type PointerEvent, type TouchEvent, useRef } from "react";

const LONG_MS = 450;
const SLACK_PX = 10;

export function useLongPress(onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const wasLong = useRef(false);
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== "touch" || (event.target as Element).closest("a, button, textarea")) return;
      start.current = { x: event.clientX, y: event.clientY };
      stop();
      wasLong.current = false;
      timer.current = setTimeout(() => {
        wasLong.current = true;
        onLongPress();
      }, LONG_MS);
    },
    onPointerMove: (event: PointerEvent) => {
      const { x, y } = start.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > SLACK_PX) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    /** Else the browser makes a click of it, on whatever has opened under the finger. */
    onTouchEnd: (event: TouchEvent) => {
      if (wasLong.current) event.preventDefault();
      wasLong.current = false;
    },
  };
}

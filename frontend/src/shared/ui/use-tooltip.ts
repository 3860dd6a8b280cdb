import { useEffect, useRef, useState } from "react";

const DELAY_MS = 400;

/** When a tooltip is shown: on hover after a moment, on keyboard focus at once; gone on press, Esc and scrolling. */
export function useTooltip() {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isShown = anchor !== null;
  const show = (element: HTMLElement) => setAnchor(element.getBoundingClientRect());
  const hide = () => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isShown) return;
    const events = new AbortController();
    const onKeyDown = ({ key }: KeyboardEvent) => key === "Escape" && setAnchor(null);
    addEventListener("keydown", onKeyDown, { signal: events.signal });
    addEventListener("scroll", () => setAnchor(null), { signal: events.signal, capture: true });
    return () => events.abort();
  }, [isShown]);
  return {
    anchor,
    handlers: {
      onPointerEnter: ({
        currentTarget,
        pointerType,
      }: {
        currentTarget: HTMLElement;
        pointerType: string;
      }) => {
        if (pointerType !== "touch") timer.current = setTimeout(() => show(currentTarget), DELAY_MS);
      },
      onPointerLeave: hide,
      onPointerDown: hide,
      onFocus: ({ currentTarget }: { currentTarget: HTMLElement }) => {
        if (currentTarget.matches(":focus-visible")) show(currentTarget);
      },
      onBlur: hide,
    },
  };
}

import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";

const GAP_PX = 6;
const EDGE_PX = 8;

/** A name beside the element it belongs to, for eyes only: below it, or above where there is no room. */
export function Tooltip({ anchor, children }: { anchor: DOMRect; children: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = ref.current;
    if (!tip) return;
    const { width, height } = tip.getBoundingClientRect();
    const left = anchor.left + anchor.width / 2 - width / 2;
    const below = anchor.bottom + GAP_PX;
    const hasRoom = below + height + EDGE_PX <= innerHeight;
    tip.style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
    tip.style.top = `${hasRoom ? below : anchor.top - GAP_PX - height}px`;
  }, [anchor]);
  return createPortal(
    <div
      ref={ref}
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-50 w-max rounded-control bg-fg px-2 py-1 font-medium text-bg text-meta shadow-float"
    >
      {children}
    </div>,
    document.body,
  );
}

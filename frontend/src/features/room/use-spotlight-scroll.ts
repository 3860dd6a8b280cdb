/** Brings the message that a link or a quote leads to into the middle, once, as soon as it is there. */
import { type RefObject, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Row } from "@/entities/timeline/rows";
import type { Spotlight } from "@/entities/timeline/spotlight";

export function useSpotlightScroll(
  spotlight: Spotlight | null,
  rows: readonly Row[],
  handle: RefObject<VirtualizerHandle | null>,
  unpin: () => void,
  focusRow: (key: string) => void,
) {
  const done = useRef<object | null>(null);
  useEffect(() => {
    if (!spotlight || done.current === spotlight) return;
    const index = rows.findIndex((row) => row.kind === "message" && row.message.seq === spotlight.seq);
    const row = rows[index];
    if (!row) return;
    done.current = spotlight;
    unpin();
    handle.current?.scrollToIndex(index, { align: "center" });
    focusRow(row.key);
  }, [spotlight, rows, handle, unpin, focusRow]);
}

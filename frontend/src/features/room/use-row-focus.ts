/** One tab stop for the list; inside it, the arrow keys (or j and k) move from message to message. */
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { focusComposer } from "@/entities/composing/composing-store";
import type { Row } from "@/entities/timeline/rows";

const STEPS: Record<string, number> = { ArrowUp: -1, k: -1, ArrowDown: 1, j: 1 };
const MAX_FRAMES = 60;
const isMessage = (row: Row | undefined) => row?.kind === "message" || row?.kind === "pending";

export function useRowFocus(
  scroller: RefObject<HTMLElement | null>,
  handle: RefObject<VirtualizerHandle | null>,
  rows: readonly Row[],
) {
  const [focused, setFocused] = useState<{ key: string } | null>(null);

  const wanted = useRef<string | null>(null);

  /** The row may have to be made first: it is, with the next rendering, because it is kept mounted from now on. */
  const focusRow = useCallback((key: string) => {
    wanted.current = key;
    setFocused({ key });
  }, []);

  useEffect(() => {
    if (wanted.current === null || wanted.current !== focused?.key) return;
    let frames = 0;
    let frame = 0;
    const attempt = () => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(focused.key)}"]`);
      row?.focus({ preventScroll: true });
      if (row && document.activeElement === row) wanted.current = null;
      else if (++frames < MAX_FRAMES) frame = requestAnimationFrame(attempt);
    };
    attempt();
    return () => cancelAnimationFrame(frame);
  }, [focused, scroller]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const rowKey = target.dataset["row"];
    if (rowKey === undefined && target !== scroller.current) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Escape" && rowKey !== undefined) {
      event.preventDefault();
      return focusComposer();
    }
    const to = destination(event.key, rowKey, rows, handle.current);
    const row = to === null ? undefined : rows[to];
    if (!row || to === null) return;
    event.preventDefault();
    handle.current?.scrollToIndex(to, { align: "nearest" });
    focusRow(row.key);
  };

  const keptIndex = rows.findIndex((row) => row.key === focused?.key);
  return { onKeyDown, focusRow, keptIndex };
}

function destination(
  key: string,
  rowKey: string | undefined,
  rows: readonly Row[],
  list: VirtualizerHandle | null,
): number | null {
  if (key === "Home") return rows.findIndex(isMessage);
  if (key === "End") return rows.findLastIndex(isMessage);
  const step = STEPS[key];
  if (step === undefined || !list) return null;
  const at = rows.findIndex((row) => row.key === rowKey);
  let next = at < 0 ? list.findItemIndex(list.scrollOffset + list.viewportSize - 1) : at + step;
  while (next >= 0 && next < rows.length && !isMessage(rows[next])) next += at < 0 ? -1 : step;
  return next >= 0 && next < rows.length ? next : null;
}

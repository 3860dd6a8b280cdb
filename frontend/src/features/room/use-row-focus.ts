/**
 * One tab stop for the list; inside it, the arrow keys (or others of one's own) move from message to message.
 *
 * A row that is far away has to be made and measured before it can have the focus. Until then
 * - the row that has it stays, so that there is somebody to hear the next key,
 * - the next key counts from the row that is wanted, not from the one that still has the focus,
 * - and it is waited for as long as the list holds it, or until the person does something else.
 */
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { focusComposer } from "@/entities/composing/composing-store";
import { isPressed } from "@/entities/shortcuts/bindings";
import type { Row } from "@/entities/timeline/rows";
import { matches } from "@/shared/lib/keys";

const isMessage = (row: Row | undefined) => row?.kind === "message" || row?.kind === "pending";

export function useRowFocus(
  scroller: RefObject<HTMLElement | null>,
  handle: RefObject<VirtualizerHandle | null>,
  rows: readonly Row[],
  /** For keys that lead to where the rows may not reach; false for all others. */
  goBeyond: (event: globalThis.KeyboardEvent) => boolean,
) {
  const [focused, setFocused] = useState<{ key: string; before?: string | undefined } | null>(null);
  const wanted = useRef<string | null>(null);
  const indexOf = (key: string | undefined) => rows.findIndex((row) => row.key === key);
  const index = indexOf(focused?.key);
  const isHeld = index >= 0;

  const focusRow = useCallback((key: string) => {
    wanted.current = key;
    setFocused({ key, before: (document.activeElement as HTMLElement | null)?.dataset["row"] });
  }, []);

  useEffect(() => {
    const key = focused?.key;
    if (!key || !isHeld || wanted.current !== key) return;
    const events = new AbortController();
    let frame = 0;
    const stop = () => {
      events.abort();
      cancelAnimationFrame(frame);
    };
    const settle = () => {
      wanted.current = null;
      stop();
    };
    const attempt = () => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
      row?.focus({ preventScroll: true });
      if (row && document.activeElement === row) settle();
      else frame = requestAnimationFrame(attempt);
    };
    const elsewhere = ({ target }: Event) => scroller.current?.contains(target as Node) || settle();
    for (const gesture of ["keydown", "pointerdown"]) {
      addEventListener(gesture, elsewhere, { capture: true, signal: events.signal });
    }
    attempt();
    return stop;
  }, [focused, isHeld, scroller]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (target.dataset["row"] === undefined && target !== scroller.current) return;
    const rowKey = wanted.current ?? target.dataset["row"];
    if (matches(event.nativeEvent, "Escape") && rowKey !== undefined) {
      event.preventDefault();
      return focusComposer();
    }
    if (goBeyond(event.nativeEvent)) return event.preventDefault();
    const to = destination(event.nativeEvent, rowKey, rows, handle.current);
    const row = to === null ? undefined : rows[to];
    if (!row || to === null) return;
    event.preventDefault();
    handle.current?.scrollToIndex(to, { align: "nearest" });
    focusRow(row.key);
  };

  return { onKeyDown, focusRow, kept: [index, indexOf(focused?.before)] };
}

function stepOf(event: globalThis.KeyboardEvent): 1 | -1 | null {
  if (matches(event, "ArrowUp") || isPressed(event, "previousMessage")) return -1;
  return matches(event, "ArrowDown") || isPressed(event, "nextMessage") ? 1 : null;
}

function destination(
  event: globalThis.KeyboardEvent,
  rowKey: string | undefined,
  rows: readonly Row[],
  list: VirtualizerHandle | null,
): number | null {
  if (matches(event, "Home")) return rows.findIndex(isMessage);
  if (matches(event, "End")) return rows.findLastIndex(isMessage);
  const step = stepOf(event);
  if (step === null || !list) return null;
  const at = rows.findIndex((row) => row.key === rowKey);
  let next = at < 0 ? list.findItemIndex(list.scrollOffset + list.viewportSize - 1) : at + step;
  while (next >= 0 && next < rows.length && !isMessage(rows[next])) next += at < 0 ? -1 : step;
  return next >= 0 && next < rows.length ? next : null;
}

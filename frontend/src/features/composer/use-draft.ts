/**
 * The composer's text, kept per person and room. Read once; written 250 ms after a change and whenever the page
 * may go away. What was read late never overwrites what was typed meanwhile, and only a person's edit deletes.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { peekDraft, readDraft, spillDraft, writeDraft } from "@/entities/drafts/drafts";

const SAVE_MS = 250;

/** Mount with a `key` per room. */
export function useDraft(key: string) {
  const [text, setText] = useState(() => peekDraft(key) ?? "");
  const unsaved = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const pending = unsaved.current;
    unsaved.current = null;
    if (pending !== null) void writeDraft(key, pending).catch(() => {});
  }, [key]);

  useEffect(() => {
    let isHere = true;
    void readDraft(key)
      .then((stored) => {
        if (isHere && unsaved.current === null && stored) setText((typed) => typed || stored);
      })
      .catch(() => {});
    const events = new AbortController();
    const options = { signal: events.signal };
    const spill = () => {
      const pending = unsaved.current;
      flush();
      if (pending !== null) spillDraft(key, pending); // last: writing takes away what was spilled before
    };
    addEventListener("pagehide", spill, options);
    document.addEventListener("visibilitychange", flush, options);
    return () => {
      isHere = false;
      events.abort();
      flush();
    };
  }, [key, flush]);

  const change = useCallback(
    (next: string) => {
      setText(next);
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, SAVE_MS);
    },
    [flush],
  );

  return { text, change, flush };
}

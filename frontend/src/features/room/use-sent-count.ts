import { useRef } from "react";
import type { OutboxItem } from "@/entities/outbox/outbox-store";

/** Grows with each message written here, so that one's own words are always seen. */
export function useSentCount(pending: readonly OutboxItem[]): number {
  const known = useRef(new Set<string>());
  const count = useRef(-1);
  if (count.current < 0) {
    count.current = 0;
    for (const { client_id } of pending) known.current.add(client_id);
  }
  for (const { client_id, change } of pending) {
    if (change || known.current.has(client_id)) continue;
    known.current.add(client_id);
    count.current += 1;
  }
  return count.current;
}

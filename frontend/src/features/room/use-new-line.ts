/**
 * Where the "New" line stands: fixed when the room opens, again when the person comes back to more, and at what they
 * mark unread. `null` while there is none; `dismiss` takes it away.
 */
import { useCallback, useRef, useState } from "react";
import { readStateOf, useReadState } from "@/entities/read-state/read-state-store";
import { type ReadingHold, useReadingHold } from "@/entities/read-state/reading-hold";

export function useNewLine(roomId: string, hasAttention: boolean) {
  const [newAfter, setNewAfter] = useState(() => {
    const state = readStateOf(roomId);
    return state && state.unread > 0 ? state.readSeq : null;
  });
  const readSeq = useReadState(roomId)?.readSeq ?? null;
  const unread = useReadState(roomId)?.unread ?? 0;
  const wasAway = useRef(false);
  if (!hasAttention && unread > 0 && !wasAway.current && readSeq !== null) {
    wasAway.current = true;
    if (newAfter !== readSeq) setNewAfter(readSeq);
  }
  if (hasAttention) wasAway.current = false;
  const hold = useReadingHold(roomId);
  const [dismissed, setDismissed] = useState<ReadingHold | null>(null);
  const dismiss = useCallback(() => {
    setNewAfter(null);
    setDismissed(hold);
  }, [hold]);
  return { newAfter: hold && hold !== dismissed ? hold.after : newAfter, dismiss };
}

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
  const hold = useReadingHold(roomId);
  /** The hold that the line has left since, or gone with. */
  const [passed, setPassed] = useState<ReadingHold | null>(null);
  const readSeq = useReadState(roomId)?.readSeq ?? null;
  const unread = useReadState(roomId)?.unread ?? 0;
  const wasAway = useRef(false);
  if (!hasAttention && unread > 0 && !wasAway.current && readSeq !== null) {
    wasAway.current = true;
    if (newAfter !== readSeq) setNewAfter(readSeq);
    if (passed !== hold) setPassed(hold);
  }
  if (hasAttention) wasAway.current = false;
  const dismiss = useCallback(() => {
    setNewAfter(null);
    setPassed(hold);
  }, [hold]);
  return { newAfter: hold && hold !== passed ? hold.after : newAfter, dismiss };
}

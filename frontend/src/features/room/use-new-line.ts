/**
 * Where the "New" line stands: fixed when the room opens, and again when the person comes back to more. `null`
 * while there is none; `dismiss` takes it away.
 */
import { useCallback, useRef, useState } from "react";
import { readStateOf, useReadState } from "@/entities/read-state/read-state-store";

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
  const dismiss = useCallback(() => setNewAfter(null), []);
  return { newAfter, dismiss };
}

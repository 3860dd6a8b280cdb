import { type RefObject, useEffect } from "react";
import { composerIsHere, useIsAwaited } from "@/entities/composing/composing-store";

/** Takes the focus, behind what stands there, where somebody is waiting to write. */
export function useAwaitedFocus(roomId: string, input: RefObject<HTMLTextAreaElement | null>) {
  const isAwaited = useIsAwaited(roomId);
  useEffect(() => {
    const field = input.current;
    if (!isAwaited || !field) return;
    composerIsHere(roomId);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }, [isAwaited, roomId, input]);
}

/** After something like code was pasted: offers to make it a code block. Mod+Shift+V does so at once. */
import { type ClipboardEvent, type RefObject, useRef, useState } from "react";
import { isInsideFence } from "./inside-code";
import { fenced, looksLikeCode } from "./looks-like-code";
import { replaceRange } from "./replace-range";

export function usePasteOffer(field: RefObject<HTMLTextAreaElement | null>) {
  const [pasted, setPasted] = useState<string | null>(null);
  const isForced = useRef(false);

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const text = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    if (isForced.current && text) {
      isForced.current = false;
      event.preventDefault();
      const before = selectionStart === 0 || value[selectionStart - 1] === "\n" ? "" : "\n";
      replaceRange(event.currentTarget, selectionStart, selectionEnd, before + fenced(text));
      return;
    }
    const isInFence = isInsideFence(value.slice(0, selectionStart));
    setPasted(!isInFence && looksLikeCode(text) ? text : null);
  };

  const accept = () => {
    const input = field.current;
    const at = pasted === null ? -1 : (input?.value.lastIndexOf(pasted) ?? -1);
    if (input && pasted !== null && at >= 0) {
      const before = at === 0 || input.value[at - 1] === "\n" ? "" : "\n";
      replaceRange(input, at, at + pasted.length, before + fenced(pasted));
    }
    setPasted(null);
  };

  return {
    hasOffer: pasted !== null,
    onPaste,
    accept,
    dismiss: () => setPasted(null),
    forceNext: () => {
      isForced.current = true;
    },
  };
}

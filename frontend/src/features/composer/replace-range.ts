/** Puts text in the place of a part of the box, as if it were typed: the browser's undo knows of it. */
export function replaceRange(field: HTMLTextAreaElement, from: number, to: number, text: string) {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated and without a successor that keeps the undo history.
  if (document.execCommand?.("insertText", false, text)) return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** `:tada:`, typed to its end, becomes the emoji, and undo makes the text of it again. */
import { useQueryClient } from "@tanstack/react-query";
import type { ChangeEvent } from "react";
import { shortcodeAt } from "./completion";
import { emojiNamesQuery } from "./emoji-names";
import { isInsideCode } from "./inside-code";
import { replaceRange } from "./replace-range";

/** Call it with every change of the box. */
export function useShortcode() {
  const queries = useQueryClient();
  return async ({ target: field, nativeEvent }: ChangeEvent<HTMLTextAreaElement>) => {
    // Pasted or brought back by undo, it is meant as it stands.
    if (!(nativeEvent instanceof InputEvent) || nativeEvent.inputType !== "insertText") return;
    const code = nativeEvent.data === ":" ? shortcodeAt(field.value, field.selectionStart) : null;
    if (!code || isInsideCode(field.value.slice(0, code.from))) return;
    const names = await queries.ensureQueryData(emojiNamesQuery).catch((): Record<string, string> => ({}));
    const emoji = Object.hasOwn(names, code.name) ? names[code.name] : undefined;
    const to = code.from + code.name.length + 2;
    const isThere = field.value.slice(code.from, to) === `:${code.name}:`;
    if (emoji === undefined || !isThere || document.activeElement !== field) return;
    const caret = field.selectionStart + emoji.length - (to - code.from);
    replaceRange(field, code.from, to, emoji);
    field.setSelectionRange(caret, caret);
  };
}

/** Keys that put markdown around what is selected, or take it away again. Pure, but for the last step. */
import { isPressed } from "@/entities/shortcuts/bindings";
import type { CommandId } from "@/entities/shortcuts/commands";
import { replaceRange } from "./replace-range";

type Format = { around: string } | { block: string } | { perLine: string };

const FORMATS = [
  ["bold", { around: "**" }],
  ["italic", { around: "_" }],
  ["code", { around: "`" }],
  ["strike", { around: "~~" }],
  ["codeBlock", { block: "```" }],
  ["quote", { perLine: "> " }],
] as const satisfies readonly (readonly [CommandId, Format])[];

export interface Formatted {
  /** Takes the place of `from..to`. */
  text: string;
  from: number;
  to: number;
  /** What is selected then. */
  select: readonly [number, number];
}

export function format(text: string, from: number, to: number, how: Format): Formatted {
  const selected = text.slice(from, to);
  if ("perLine" in how) {
    const lineStart = text.lastIndexOf("\n", from - 1) + 1;
    const quoted = text
      .slice(lineStart, to)
      .split("\n")
      .map((line) => how.perLine + line)
      .join("\n");
    const end = lineStart + quoted.length;
    return { text: quoted, from: lineStart, to, select: [end, end] };
  }
  if ("block" in how) {
    const before = from === 0 || text[from - 1] === "\n" ? "" : "\n";
    const after = to === text.length || text[to] === "\n" ? "" : "\n";
    const start = from + before.length + how.block.length + 1;
    const block = `${before}${how.block}\n${selected}\n${how.block}${after}`;
    return { text: block, from, to, select: [start, start + selected.length] };
  }
  const { around } = how;
  const size = around.length;
  const isWrapped = text.slice(from - size, from) === around && text.slice(to, to + size) === around;
  if (isWrapped) {
    return { text: selected, from: from - size, to: to + size, select: [from - size, to - size] };
  }
  return { text: around + selected + around, from, to, select: [from + size, to + size] };
}

/** True when the key was one of these. */
export function formatByKey(event: KeyboardEvent, field: HTMLTextAreaElement): boolean {
  const found = FORMATS.find(([command]) => isPressed(event, command));
  if (!found) return false;
  const { text, from, to, select } = format(field.value, field.selectionStart, field.selectionEnd, found[1]);
  replaceRange(field, from, to, text);
  field.setSelectionRange(...select);
  return true;
}

/** Which keys a command can't have, and whom they belong to already. Pure. */
import type { OwnKeys } from "@/entities/preferences/own-keys";
import { isMac, isPlain } from "@/shared/lib/keys";
import { keysOf } from "./bindings";
import { COMMAND_IDS, COMMANDS, type CommandId, type Place } from "./commands";

/** With Mod, and with Mod and Shift: tabs, windows, the clipboard, undo, zoom. Pages get none of these, or must not. */
const OF_THE_BROWSER = /^Mod\+(?:[ACFLNPQRTVWXYZ\d=-]|Plus|Shift\+[NPQRTVWZ])$/;
const OF_THE_BROWSER_TOO = /^(?:Alt\+(?:ArrowLeft|ArrowRight|F4|Home)|(?:Mod\+)?F5|F11|F12)$/;
const MOVES = /(?:^|\+)(?:Arrow\w+|Home|End|PageUp|PageDown)$/;
/** Of arrows and the like, these are the ones that move no caret and select no text. */
const MOVES_NO_CARET = /^Alt\+(?:Shift\+)?(?:ArrowUp|ArrowDown|PageUp|PageDown)$/;

/** Why a command can't have these keys, or null. Its default keys it can always have. */
export function refusalOf(combo: string, id: CommandId): string | null {
  const { keys, place } = COMMANDS[id];
  if (keys.includes(combo)) return null;
  const key = combo.split("+").at(-1) ?? "";
  if (key === "Tab") return "Tab moves through the page.";
  if (key === "Enter") return "Enter presses buttons and sends messages.";
  if (key === "Escape") return "Esc closes what is on top.";
  if (MOVES.test(combo) && !MOVES_NO_CARET.test(combo)) return "These keys move through text and lists.";
  if (key === "Backspace" || (key === "Delete" && place !== "message")) return "These keys delete text.";
  if (OF_THE_BROWSER.test(combo) || OF_THE_BROWSER_TOO.test(combo)) return "The browser needs these keys.";
  if (/^Mod\+Alt\+/.test(combo) && isPlain(combo.slice("Mod+Alt+".length)) && !isMac)
    return "Ctrl and Alt together type characters on many keyboards.";
  const takesText = isPlain(combo) && (place === "everywhere" || place === "box" || key === "Space");
  return takesText ? "This key types text. Hold Ctrl, Alt or ⌘ with it." : null;
}

/** The commands that have some of these keys where this one wants them. */
export function ownersOf(keys: readonly string[], id: CommandId, own: OwnKeys): CommandId[] {
  const { place } = COMMANDS[id];
  return COMMAND_IDS.filter(
    (other) =>
      other !== id &&
      overlap(place, COMMANDS[other].place) &&
      keysOf(other, own).some((combo) => keys.includes(combo)),
  );
}

/** A focused message stands in the list. */
function overlap(one: Place, other: Place): boolean {
  const isInList = (place: Place) => place === "list" || place === "message";
  return (
    one === "everywhere" || other === "everywhere" || one === other || (isInList(one) && isInList(other))
  );
}

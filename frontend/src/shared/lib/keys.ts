/** Key combinations as text (`Mod+Shift+L`): matching them against events, and naming them for people. */
export const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");

const CODES: Record<string, string> = { "/": "Slash", ".": "Period", ",": "Comma" };

/** `Mod` is ⌘ on a Mac and Ctrl elsewhere. Letters match by their place where the layout has no Latin ones. */
export function matches(event: KeyboardEvent, combo: string): boolean {
  const parts = combo.split("+");
  const key = parts.pop() ?? "";
  const wants = (name: string) => parts.includes(name);
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  // A sign such as "?" needs Shift on some layouts and not on others, so there the sign alone counts.
  const isShiftFree = key.length === 1 && !/[a-z]/i.test(key) && !wants("Shift");
  if (wants("Mod") !== mod || other || wants("Alt") !== event.altKey) return false;
  if (!isShiftFree && wants("Shift") !== event.shiftKey) return false;
  return event.key.toLowerCase() === key.toLowerCase() || matchesByPlace(event, key);
}

function matchesByPlace(event: KeyboardEvent, key: string): boolean {
  if (key.length !== 1 || /^[\x20-\x7e]$/.test(event.key)) return false;
  return event.code === (CODES[key] ?? `Key${key.toUpperCase()}`);
}

/** The caret is in a text, so single keys belong to it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|range)$/.test(target.type);
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}

const ARROWS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
const MAC: Record<string, string> = { Mod: "⌘", Alt: "⌥", Shift: "⇧", Enter: "↵", Escape: "esc" };
const PC: Record<string, string> = { Mod: "Ctrl", Escape: "Esc" };

/** The keys of a combination as they are printed on this computer's keyboard. */
export function keyNames(combo: string): string[] {
  return combo.split("+").map((key) => ARROWS[key] ?? (isMac ? MAC : PC)[key] ?? key);
}

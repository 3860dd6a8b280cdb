/** Key combinations as text (`Mod+Shift+L`): matching them against events, and reading them from events. */
export const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");

/** Where signs lie on a keyboard with Latin letters. */
const CODES: Record<string, string> = {
  "/": "Slash",
  ".": "Period",
  ",": "Comma",
  ";": "Semicolon",
  "'": "Quote",
  "[": "BracketLeft",
  "]": "BracketRight",
  "\\": "Backslash",
  "`": "Backquote",
  "-": "Minus",
  "=": "Equal",
};

/** Keys whose own sign would be misread within a combination. */
const NAMES: Record<string, string> = { " ": "Space", "+": "Plus" };
const MODIFIERS = /^(Control|Shift|Alt|AltGraph|Meta|CapsLock|Fn|OS)$/;
const isLatin = (key: string) => /^[\x20-\x7e]$/.test(key);

/** `Mod` is ⌘ on a Mac and Ctrl elsewhere. Keys match by their place where the layout has no Latin ones. */
export function matches(event: KeyboardEvent, combo: string): boolean {
  const parts = combo.split("+");
  const key = parts.pop() ?? "";
  const wants = (name: string) => parts.includes(name);
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  // A sign such as "?" needs Shift on some layouts and not on others, so there the sign alone counts.
  const isShiftFree = isSign(key) && !wants("Shift");
  if (wants("Mod") !== mod || other || wants("Alt") !== event.altKey) return false;
  if (!isShiftFree && wants("Shift") !== event.shiftKey) return false;
  const pressed = NAMES[event.key] ?? event.key;
  return pressed.toLowerCase() === key.toLowerCase() || matchesByPlace(event, key);
}

function matchesByPlace(event: KeyboardEvent, key: string): boolean {
  if (key.length !== 1) return false;
  // With Shift, a digit's key says something else on every layout.
  const saysElse = /\d/.test(key) && event.shiftKey;
  return (saysElse || !isLatin(event.key)) && event.code === codeOf(key);
}

const codeOf = (key: string) => CODES[key] ?? `${/\d/.test(key) ? "Digit" : "Key"}${key.toUpperCase()}`;
const isSign = (key: string) => (key.length === 1 && !/[a-z\d]/i.test(key)) || key === "Plus";

/** The combination that somebody presses; null for modifiers alone, and for keys that could not be told again. */
export function comboOf(event: KeyboardEvent): string | null {
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  const key = keyOf(event);
  if (key === null || other) return null;
  const modifiers = [mod && "Mod", event.altKey && "Alt", event.shiftKey && !isSign(key) && "Shift"];
  return [...modifiers.filter((name) => name !== false), key].join("+");
}

function keyOf({ key, code, shiftKey }: KeyboardEvent): string | null {
  if (MODIFIERS.test(key)) return null;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit && (shiftKey || !isLatin(key))) return digit;
  if (NAMES[key]) return NAMES[key];
  if (isLatin(key)) return key.toUpperCase();
  const isNamed = key.length > 1 && !/^(Dead|Process|Unidentified)$/.test(key);
  if (isNamed) return key;
  return /^Key([A-Z])$/.exec(code)?.[1] ?? Object.keys(CODES).find((sign) => CODES[sign] === code) ?? null;
}

/** It types something: no key of its own, and no modifier that would say otherwise. */
export function isPlain(combo: string): boolean {
  const key = combo.replace(/^Shift\+/, "");
  return key.length === 1 || key === "Space" || key === "Plus";
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
const BOTH: Record<string, string> = { ...ARROWS, Plus: "+", Delete: "Del" };
const MAC: Record<string, string> = { Mod: "⌘", Alt: "⌥", Shift: "⇧", Enter: "↵", Escape: "esc" };
const PC: Record<string, string> = { Mod: "Ctrl", Escape: "Esc" };

/** The keys of a combination as they are printed on this computer's keyboard. */
export function keyNames(combo: string): string[] {
  return combo.split("+").map((key) => BOTH[key] ?? (isMac ? MAC : PC)[key] ?? key);
}

/** The same within a text: `Ctrl+K`, and `⌘ K` on a Mac. */
export const keysInText = (combo: string) => keyNames(combo).join(isMac ? " " : "+");

/** The same as the attribute `aria-keyshortcuts` wants it. */
export const ariaKeys = (combos: readonly string[]): string | undefined =>
  combos.map((combo) => combo.replace("Mod", isMac ? "Meta" : "Control")).join(" ") || undefined;

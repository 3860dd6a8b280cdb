/** What is being named at the caret (`@ad`, `#rel`, `:roc`) and what it may become. Pure. */
import { rank } from "@/shared/lib/rank";

export interface Naming {
  sign: "@" | "#" | ":";
  typed: string;
  /** Where the sign stands. */
  from: number;
}

export interface Suggestion {
  key: string;
  /** Takes the place of what was typed, sign included. */
  insert: string;
  label: string;
  detail?: string;
}

const NAMING = /(?:^|[\s([{>*_~])([@#:])([\p{Alphabetic}\p{N}_.+-]*)$/u;
/** Also right behind another emoji, but in no word, path or address. */
const SHORTCODE = /(?<![\p{Alphabetic}\p{N}:/\\]):([\p{Alphabetic}\p{N}_+-]+):$/u;
const MAX_SUGGESTIONS = 8;
/** `:` and one letter are a smiley (`:D`) as often as not. */
const MIN_EMOJI_LETTERS = 2;
const MAX_NAME = 64;

export function namingAt(text: string, caret: number): Naming | null {
  const line = text.slice(Math.max(0, caret - MAX_NAME), caret);
  const [, sign, typed = ""] = NAMING.exec(line) ?? [];
  if (sign === undefined) return null;
  if (sign === ":" && typed.length < MIN_EMOJI_LETTERS) return null;
  return { sign: sign as Naming["sign"], typed, from: caret - typed.length - 1 };
}

/** `:name:` that ends at the caret. */
export function shortcodeAt(text: string, caret: number): { name: string; from: number } | null {
  const [, name] = SHORTCODE.exec(text.slice(Math.max(0, caret - MAX_NAME), caret)) ?? [];
  return name === undefined ? null : { name, from: caret - name.length - 2 };
}

export function suggestPeople(
  typed: string,
  people: readonly { id: string; username: string; display_name: string }[],
): Suggestion[] {
  return rank(typed, people, ({ username, display_name }) => [username, display_name])
    .slice(0, MAX_SUGGESTIONS)
    .map(({ id, username, display_name }) => ({
      key: id,
      insert: `@${username} `,
      label: display_name,
      detail: `@${username}`,
    }));
}

export function suggestRooms(
  typed: string,
  rooms: readonly { id: string; name: string; topic: string }[],
): Suggestion[] {
  return rank(typed, rooms, ({ name }) => [name])
    .slice(0, MAX_SUGGESTIONS)
    .map(({ id, name, topic }) => ({ key: id, insert: `#${name} `, label: `#${name}`, detail: topic }));
}

export function suggestEmoji(typed: string, emoji: Readonly<Record<string, string>>): Suggestion[] {
  return rank(typed, Object.keys(emoji), (name) => [name])
    .slice(0, MAX_SUGGESTIONS)
    .map((name) => ({ key: name, insert: `${emoji[name]} `, label: `${emoji[name]}`, detail: `:${name}:` }));
}

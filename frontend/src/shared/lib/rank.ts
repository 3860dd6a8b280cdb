/** How well a name answers what was typed: 0 is not at all. Pure. */

const STARTS_WORD = /[\s_\-./]/;

/** Beginning, then beginning of a word, then words' first letters, then anywhere; shorter names first. */
export function score(typed: string, name: string): number {
  const wanted = typed.trim().toLowerCase();
  const text = name.toLowerCase();
  if (wanted === "") return 1;
  const brevity = 1 / (1 + text.length);
  const at = text.indexOf(wanted);
  if (at === 0) return 4 + brevity;
  const startsWord = at > 0 && STARTS_WORD.test(text[at - 1] ?? "");
  if (startsWord) return 3 + brevity;
  const letters = wanted.replaceAll(" ", "");
  if (letters.length > 1 && initials(text).startsWith(letters)) return 2 + brevity;
  if (at > 0) return 1 + brevity;
  return isInOrder(letters, text) ? brevity / 2 : 0;
}

/** `release-train` is `rt`. */
const initials = (text: string) =>
  text
    .split(STARTS_WORD)
    .map((word) => word.charAt(0))
    .join("");

function isInOrder(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

/** The items that answer at all, best first; equals stay in their order. */
export function rank<T>(typed: string, items: readonly T[], namesOf: (item: T) => readonly string[]): T[] {
  return items
    .map((item) => ({ item, points: Math.max(...namesOf(item).map((name) => score(typed, name))) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ item }) => item);
}

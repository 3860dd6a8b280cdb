/** The emoji that this browser's person uses, newest first. */
const KEY = "dc:emoji";
const MAX = 24;
const DEFAULTS = ["👍", "🎉", "👀", "❤️", "😂", "🚀"];

export function recentEmoji(count: number): string[] {
  return [...new Set([...read(), ...DEFAULTS])].slice(0, count);
}

export function noteEmoji(emoji: string) {
  const recent = [emoji, ...read().filter((known) => known !== emoji)].slice(0, MAX);
  localStorage.setItem(KEY, JSON.stringify(recent));
}

function read(): string[] {
  const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
  return Array.isArray(stored) ? stored.filter((emoji) => typeof emoji === "string") : [];
}

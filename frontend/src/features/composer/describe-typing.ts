const MAX_NAMES = 3;

export function describeTyping(names: readonly string[]): string {
  if (names.length > MAX_NAMES) return "Several people are typing…";
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(names);
  return `${list} ${names.length === 1 ? "is" : "are"} typing…`;
}

const MAX_CHARACTERS = 160;

/** The beginning of a message in one line, without most of its marks. */
export function plainSummary(source: string): string {
  return source
    .slice(0, MAX_CHARACTERS * 2)
    .replace(/^```\w*$/gm, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s{0,3}(?:>|#{1,6}|[-*+])\s+/gm, "")
    .replace(/[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_CHARACTERS);
}

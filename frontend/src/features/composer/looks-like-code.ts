/** Several lines with the marks of a program, and not in a fence already. A guess: it only makes an offer. */
const MARKS =
  /[{};]\s*$|=>|^(?: {2,}|\t)\S|^\s*(?:fn|def|import|from|class|const|let|var|pub|if|for|return|#include|SELECT)\b|<\/?[a-z][^>]*>/m;

export const looksLikeCode = (text: string): boolean =>
  text.trim().includes("\n") && !text.includes("```") && MARKS.test(text);

/** Longer fences around text that has some. */
export function fenced(code: string): string {
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${code.replace(/\n+$/, "")}\n${fence}\n`;
}

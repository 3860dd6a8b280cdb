/** Whether the caret of a draft stands in code, by the text before it. Pure. */

/** True inside a code fence that is not closed yet, where Enter should make a line. */
export function isInsideFence(before: string): boolean {
  return (before.match(/^\s{0,3}```/gm)?.length ?? 0) % 2 === 1;
}

/** In a fence, or after backticks of this paragraph that as many have not closed. */
export function isInsideCode(before: string): boolean {
  if (isInsideFence(before)) return true;
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1);
  let open = 0;
  for (const [run] of paragraph.matchAll(/`+/g)) {
    if (open === 0) open = run.length;
    else if (run.length === open) open = 0;
  }
  return open > 0;
}

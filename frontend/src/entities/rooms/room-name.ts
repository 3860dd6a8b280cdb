/** The server's rule for room names, checked here only to answer sooner. */
const MAX_LENGTH = 80;

/** What is wrong with a name, or null. */
export function roomNameProblem(name: string): string | null {
  if (name.length === 0) return "Enter a name";
  if (name.length > MAX_LENGTH) return `At most ${MAX_LENGTH} characters`;
  return /^[A-Za-z0-9_-]+$/.test(name) ? null : "Name can only contain letters, numbers, _, and -";
}

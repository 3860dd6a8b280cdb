/** What each close code asks of the client (protocol.md, "Close codes"). */
export type CloseRule =
  /** Back off, connect, resume. */
  | "resume"
  /** Wait as long as the server said (or a default), then resume. */
  | "pause"
  /** Renew the access token, then resume. */
  | "refresh"
  /** Give up until a person acts. */
  | "disabled"
  | "elsewhere"
  | "outdated"
  | "broken";

export function closeRule(code: number): CloseRule {
  switch (code) {
    case 4401:
      return "refresh";
    case 4403:
      return "disabled";
    case 4409:
      return "elsewhere";
    case 4001:
      return "outdated";
    case 4000:
    case 1003:
    case 1007:
    case 1009:
      return "broken"; // our own fault: the same frame would be refused again
    case 1012:
    case 1013:
    case 4429:
      return "pause";
    default:
      return "resume";
  }
}

/** What became of a send that wasn't acknowledged. */
import type { ErrorCode } from "@/shared/api/types";

/** The server refused it. Anything else thrown by a transport means: outcome unknown, try again once connected. */
export class SendRefused extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | null;

  constructor(code: ErrorCode, detail: string, retryAfterMs: number | null) {
    super(detail);
    this.name = "SendRefused";
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

const DEFAULT_WAIT_MS = 1_000;
const MAX_INTERNAL_TRIES = 5;

export type Verdict =
  | { kind: "wait"; ms: number }
  | { kind: "disconnected" }
  | { kind: "failed"; error: string };

export function judge(failure: unknown, tries: number): Verdict {
  if (!(failure instanceof SendRefused)) return { kind: "disconnected" };
  switch (failure.code) {
    case "unauthenticated":
    case "token_expired":
      return { kind: "disconnected" };
    case "rate_limited":
    case "overloaded":
    case "unavailable":
      return { kind: "wait", ms: failure.retryAfterMs ?? DEFAULT_WAIT_MS };
    case "internal":
      if (tries < MAX_INTERNAL_TRIES) return { kind: "wait", ms: DEFAULT_WAIT_MS * 2 ** tries };
      return { kind: "failed", error: failure.message };
    default:
      return { kind: "failed", error: failure.message };
  }
}

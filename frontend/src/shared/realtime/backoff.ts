const BASE_MS = 250;
const MAX_MS = 30_000;

/** Full jitter: `rand(0, min(30 s, 0.25·2ⁿ))`, so that a restarted server isn't hit by everybody at once. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(MAX_MS, BASE_MS * 2 ** attempt));
}

/** A pause the server asked for, spread over its second half: `rand(0.5..1)·retry_after_ms`. */
export function spreadMs(retryAfterMs: number, random: () => number): number {
  return Math.round((0.5 + random() / 2) * retryAfterMs);
}

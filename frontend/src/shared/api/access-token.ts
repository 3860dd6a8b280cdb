/**
 * The access token: in this tab's memory and nowhere else. A new one comes from the HttpOnly refresh cookie.
 *
 * Invariants:
 * - At most one refresh is in flight in this tab (shared promise), and over all tabs (Web Lock), because
 *   each refresh rotates the cookie.
 * - A network failure leaves the token alone: being offline signs nobody out.
 * - A tab never changes person. When somebody else has signed in in another tab the cookie is theirs, and this
 *   tab's session is over: else one would go on writing under the other's name.
 */
import { withLock } from "@/shared/lib/locks";
import type { Schemas } from "./types";

export type RefreshOutcome =
  | { kind: "refreshed"; login: Schemas["LoginResponse"] }
  | { kind: "signed_out" }
  | { kind: "unreachable" };

/** The server answers a refresh token that was just used for 10 s more, so a repeat must come before that. */
const DEADLINE_MS = 8_000;

let token: string | null = null;
let userId: string | null = null;
let inFlight: Promise<RefreshOutcome> | null = null;

export const accessToken = {
  get: () => token,
  set: (value: string, ofUserId: string) => {
    token = value;
    userId = ofUserId;
  },
  /** Nobody else's token will be taken: for a tab that opened without asking the server. */
  expect: (ofUserId: string) => {
    userId = ofUserId;
  },
  clear: () => {
    token = null;
    userId = null;
  },
};

export function refreshAccessToken(): Promise<RefreshOutcome> {
  inFlight ??= withLock("dc-refresh", requestRefresh).finally(() => {
    inFlight = null;
  });
  return inFlight;
}

async function requestRefresh(): Promise<RefreshOutcome> {
  try {
    const response = await fetch("/api/v1/auth/refresh", {
      method: "POST",
      credentials: "same-origin",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (response.ok) {
      const login = (await response.json()) as Schemas["LoginResponse"];
      if (userId !== null && userId !== login.user.id) {
        accessToken.clear();
        return { kind: "signed_out" };
      }
      accessToken.set(login.access_token, login.user.id);
      return { kind: "refreshed", login };
    }
    if (response.status < 500 && response.status !== 408 && response.status !== 429) {
      accessToken.clear();
      return { kind: "signed_out" };
    }
    return { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

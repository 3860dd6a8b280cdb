/**
 * The access token: in this tab's memory and nowhere else. A new one comes from the HttpOnly refresh cookie.
 *
 * Invariants:
 * - At most one refresh is in flight in this tab (shared promise), and over all tabs (Web Lock), because
 *   each refresh rotates the cookie.
 * - A network failure leaves the token alone: being offline signs nobody out.
 */
import { withLock } from "@/shared/lib/locks";
import type { Schemas } from "./types";

export type RefreshOutcome =
  | { kind: "refreshed"; login: Schemas["LoginResponse"] }
  | { kind: "signed_out" }
  | { kind: "unreachable" };

let token: string | null = null;
let inFlight: Promise<RefreshOutcome> | null = null;

export const accessToken = {
  get: () => token,
  set: (value: string) => {
    token = value;
  },
  clear: () => {
    token = null;
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
    const response = await fetch("/api/v1/auth/refresh", { method: "POST", credentials: "same-origin" });
    if (response.ok) {
      const login = (await response.json()) as Schemas["LoginResponse"];
      token = login.access_token;
      return { kind: "refreshed", login };
    }
    if (response.status < 500 && response.status !== 408 && response.status !== 429) {
      token = null;
      return { kind: "signed_out" };
    }
    return { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

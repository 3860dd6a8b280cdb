/**
 * The access token: in this tab's memory and nowhere else. A new one comes from the HttpOnly refresh cookie.
 *
 * Invariants:
 * - At most one refresh is in flight in this tab (shared promise), and over all tabs (Web Lock), because
 *   each refresh rotates the cookie.
 * - Tabs of one person share what they get: a token is asked for once, not once a tab.
 * - A network failure leaves the token alone: being offline signs nobody out.
 * - A tab never changes person. When somebody else has signed in in another tab the cookie is theirs, and this
 *   tab's session is over: else one would go on writing under the other's name.
 */
import { withLock } from "@/shared/lib/locks";
import { toApiError } from "./api-error";
import type { Schemas } from "./types";

type Login = Schemas["LoginResponse"];

export type RefreshOutcome =
  | { kind: "refreshed"; login: Login }
  | { kind: "signed_out" }
  /** The same, because the account was taken out of use. */
  | { kind: "disabled" }
  | { kind: "unreachable" };

/** The server answers a refresh token that was just used for 10 s more, so a repeat must come before that. */
const DEADLINE_MS = 8_000;

/** How long a tab goes on holding the lock, so that the one that waits for it hears of the new token first. */
const HEARING_MS = 50;

interface Renewal {
  login: Login;
  /** By the clock. Before that it is good enough for a tab whose own token was refused. */
  freshUntil: number;
}

const otherTabs = new BroadcastChannel("dc-token");
otherTabs.onmessage = ({ data }: MessageEvent<Renewal>) => {
  if (data.login.user.id === userId) take(data);
};

let token: string | null = null;
let userId: string | null = null;
let renewal: Renewal | null = null;
let inFlight: Promise<RefreshOutcome> | null = null;

export const accessToken = {
  get: () => token,
  set: (value: string, ofUserId: string) => {
    token = value;
    userId = ofUserId;
    renewal = null;
  },
  /** Nobody else's token will be taken: for a tab that opened without asking the server. */
  expect: (ofUserId: string) => {
    userId = ofUserId;
  },
  clear: () => {
    token = null;
    userId = null;
    renewal = null;
  },
};

/** `refused`: the token that was found wanting. */
export function refreshAccessToken(refused: string | null): Promise<RefreshOutcome> {
  inFlight ??= new Promise<RefreshOutcome>((resolve, reject) => {
    const renew = async () => {
      const shared = heard(refused);
      resolve(shared ? { kind: "refreshed", login: shared } : await requestRefresh());
      if (!shared) await new Promise((heardBy) => setTimeout(heardBy, HEARING_MS));
    };
    withLock("dc-refresh", renew).catch(reject);
  }).finally(() => {
    inFlight = null;
  });
  return inFlight;
}

/** What came since, from another request or another tab. */
function heard(refused: string | null): Login | null {
  const isFresh = renewal !== null && token !== refused && Date.now() < renewal.freshUntil;
  return isFresh ? (renewal?.login ?? null) : null;
}

function take(from: Renewal) {
  renewal = from;
  token = from.login.access_token;
  userId = from.login.user.id;
}

async function requestRefresh(): Promise<RefreshOutcome> {
  try {
    const response = await fetch("/api/v1/auth/refresh", {
      method: "POST",
      credentials: "same-origin",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (response.ok) {
      const login = (await response.json()) as Login;
      if (userId !== null && userId !== login.user.id) {
        accessToken.clear();
        return { kind: "signed_out" };
      }
      take({ login, freshUntil: Date.now() + login.expires_in * 500 });
      otherTabs.postMessage(renewal);
      return { kind: "refreshed", login };
    }
    if (response.status < 500 && response.status !== 408 && response.status !== 429) {
      accessToken.clear();
      const { code } = await toApiError(response);
      return { kind: code === "account_disabled" ? "disabled" : "signed_out" };
    }
    return { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

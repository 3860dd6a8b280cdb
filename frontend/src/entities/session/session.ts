/** Signing in and out. The refresh cookie is the session; the access token in memory is its short shadow. */

import { forgetDrafts } from "@/entities/drafts/drafts";
import { closeOutbox } from "@/entities/outbox/outbox";
import { accessToken, refreshAccessToken } from "@/shared/api/access-token";
import { ApiError } from "@/shared/api/api-error";
import { api } from "@/shared/api/client";
import type { User } from "@/shared/api/types";
import { clearDatabase } from "@/shared/lib/database";
import { backoffMs } from "@/shared/realtime/backoff";
import { sessionOf, setSession } from "./session-store";

/** All tabs share the cookie, so they end together; the server would tell them only after a while. */
const otherTabs = new BroadcastChannel("dc-session");
otherTabs.onmessage = () => {
  forgetDrafts();
  if (sessionOf().status === "signed_in") sessionEnded();
};

/**
 * At page load: the cookie decides. While the server can't be reached, `lastUser` may say who was here last, with
 * what was known then; else it is asked again until it answers.
 */
export async function startSession(lastUser: () => Promise<User | null>): Promise<void> {
  for (let attempt = 0; sessionOf().status === "starting"; attempt += 1) {
    const outcome = await refreshAccessToken(null);
    if (outcome.kind === "refreshed") return setSession({ status: "signed_in", user: outcome.login.user });
    if (outcome.kind === "signed_out") return sessionEnded();
    if (outcome.kind === "disabled") return accountDisabled();
    const user = await lastUser();
    if (user) return setSession({ status: "signed_in", user });
    setSession({ status: "starting", isUnreachable: true });
    await new Promise((resolve) => setTimeout(resolve, 500 + backoffMs(attempt, Math.random)));
  }
}

/** With a cookie for the refresh token, which no script can read. */
export async function signIn(credentials: { login: string; password: string; code?: string }): Promise<void> {
  const body = { ...credentials, session: "cookie" as const };
  const { data } = await api.POST("/api/v1/auth/login", { body }).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === "account_disabled") accountDisabled();
    throw error;
  });
  if (!data) return;
  accessToken.set(data.access_token, data.user.id);
  setSession({ status: "signed_in", user: data.user });
}

/** Ends the session on the server and empties this browser: the next person at it finds nothing. */
export async function signOut(): Promise<void> {
  await api.POST("/api/v1/auth/logout").catch((error: unknown) => {
    const isOver = error instanceof ApiError && error.status === 401;
    if (!isOver) throw error; // the cookie would still sign in whoever comes next
  });
  closeOutbox();
  forgetDrafts();
  await clearDatabase().catch(() => {});
  otherTabs.postMessage("signed_out");
  sessionEnded();
}

/** The server refuses the session. Drafts and unsent messages stay for when the same person is back. */
export function sessionEnded() {
  accessToken.clear();
  // A call that was under way may be refused after the socket has said why.
  if (sessionOf().status !== "signed_out") setSession({ status: "signed_out" });
}

/** The same, and the person is told why. */
export function accountDisabled() {
  accessToken.clear();
  setSession({ status: "signed_out", isDisabled: true });
}

/** Somebody else may sign in here, or the same person when the account is back in use. */
export function signInAnew() {
  if (sessionOf().status === "signed_out") setSession({ status: "signed_out" });
}

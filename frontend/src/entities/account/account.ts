/** One's own account: one REST call each, then the session in this tab follows. */
import { sessionOf, setSession } from "@/entities/session/session-store";
import { $api, api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import type { Schemas } from "@/shared/api/types";

export async function updateProfile(change: Schemas["UpdateProfileRequest"]): Promise<void> {
  const { data } = await api.PATCH("/api/v1/users/me", { body: change });
  queryClient.setQueryData($api.queryOptions("get", "/api/v1/users/me", {}).queryKey, data);
  if (data && sessionOf().status === "signed_in") setSession({ status: "signed_in", user: data });
}

/** By the link of a mail; whoever is signed in here may be its reader. */
export async function verifyEmail(token: string): Promise<void> {
  await api.POST("/api/v1/auth/email/verify", { body: { token } });
  if (sessionOf().status !== "signed_in") return;
  // The address is confirmed by now, whether or not this tab hears of it.
  const { data } = await api.GET("/api/v1/users/me").catch(() => ({ data: undefined }));
  if (data && sessionOf().status === "signed_in") setSession({ status: "signed_in", user: data });
}

/** Ends all other logins as well. */
export async function changePassword(request: Schemas["ChangePasswordRequest"]): Promise<void> {
  await api.POST("/api/v1/users/me/password", { body: request });
  await refetchLogins();
}

export async function endLogin(sessionId: string): Promise<void> {
  await api.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id: sessionId } } });
  await refetchLogins();
}

export async function endOtherLogins(): Promise<void> {
  await api.DELETE("/api/v1/auth/sessions");
  await refetchLogins();
}

function refetchLogins() {
  const { queryKey } = $api.queryOptions("get", "/api/v1/auth/sessions");
  return queryClient.invalidateQueries({ queryKey: queryKey.slice(0, 2) });
}

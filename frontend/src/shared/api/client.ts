/** The typed REST client. Adds the bearer token, renews it once on 401, and throws `ApiError` for every problem. */
import createClient, { type Middleware } from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import { accessToken, refreshAccessToken } from "./access-token";
import { toApiError } from "./api-error";
import type { paths } from "./schema";

let onSignedOut = (_why: "signed_out" | "disabled") => {};

/** Called when the server refuses the session for good; `app` wires it to the page for that. */
export function whenSignedOut(listener: typeof onSignedOut) {
  onSignedOut = listener;
}

const authorize = (request: Request, token = accessToken.get()) => {
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return request;
};

/** Where a 401 is about what was sent, not about the access token. */
const SIGNS_IN = /^\/api\/v1\/auth\/(signup|login|refresh|logout)$/;

/** A request can be sent once only, so a copy is made before the first attempt, for the second. */
async function fetchWithToken(request: Request): Promise<Response> {
  const again = SIGNS_IN.test(new URL(request.url).pathname) ? null : request.clone();
  const token = accessToken.get();
  const response = await fetch(authorize(request, token));
  if (response.status !== 401 || !again) return response;
  const outcome = await refreshAccessToken(token);
  if (outcome.kind === "signed_out" || outcome.kind === "disabled") onSignedOut(outcome.kind);
  if (outcome.kind !== "refreshed") return response;
  return fetch(authorize(again));
}

const problems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await toApiError(response);
  },
};

export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? "http://localhost",
  credentials: "same-origin",
  fetch: fetchWithToken,
});
api.use(problems);

/** Typed query options and hooks over the same client. */
export const $api = createQueryClient(api);

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ada, linus } from "@/test/factories";
import { accessToken } from "./access-token";
import { ApiError } from "./api-error";
import { api, whenSignedOut } from "./client";

const fetched = vi.fn<(request: Request) => Promise<Response>>();
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json" } });
const bearers = () => fetched.mock.calls.map(([request]) => request.headers?.get("authorization"));

beforeEach(() => {
  accessToken.set("old", ada.id);
  fetched.mockReset();
  vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) =>
    fetched(typeof input === "string" ? new Request(new URL(input, location.origin), init) : input),
  );
});

afterEach(() => {
  accessToken.clear();
  vi.unstubAllGlobals();
});

it("renews an expired token once for all requests under way, and repeats them", async () => {
  fetched.mockImplementation(async (request) => {
    if (request.url.endsWith("/auth/refresh")) return json(200, { access_token: "new", user: ada });
    const isFresh = request.headers.get("authorization") === "Bearer new";
    return isFresh ? json(200, { id: "me" }) : json(401, { code: "token_expired" });
  });

  const answers = await Promise.all([api.GET("/api/v1/users/me"), api.GET("/api/v1/users/me")]);

  expect(answers.map(({ data }) => data)).toEqual([{ id: "me" }, { id: "me" }]);
  expect(fetched.mock.calls.filter(([{ url }]) => url.endsWith("/auth/refresh"))).toHaveLength(1);
  expect(bearers().at(-1)).toBe("Bearer new");
});

it("renews it for the list of logins too, and not for a refused sign-in", async () => {
  fetched.mockImplementation(async (request) => {
    if (request.url.endsWith("/auth/refresh")) return json(200, { access_token: "new", user: ada });
    const isFresh = request.headers.get("authorization") === "Bearer new";
    return isFresh ? json(200, { items: [] }) : json(401, { code: "token_expired" });
  });

  const { data } = await api.GET("/api/v1/auth/sessions");
  accessToken.set("old", ada.id);
  const login = api.POST("/api/v1/auth/login", { body: { login: "ada", password: "wrong-password" } });

  expect(data).toEqual({ items: [] });
  await expect(login).rejects.toMatchObject({ status: 401 });
});

it.each([
  ["signed_out", 401, "unauthenticated"],
  ["disabled", 403, "account_disabled"],
])("tells the app when the session is over: %s", async (why, status, code) => {
  const listener = vi.fn();
  whenSignedOut(listener);
  fetched.mockImplementation(async ({ url }) =>
    url.endsWith("/auth/refresh") ? json(status, { code }) : json(401, { code: "token_expired" }),
  );

  await expect(api.GET("/api/v1/users/me")).rejects.toBeInstanceOf(ApiError);

  expect(listener).toHaveBeenCalledExactlyOnceWith(why);
  expect(accessToken.get()).toBeNull();
});

it("keeps the session when the refresh cannot be reached", async () => {
  const listener = vi.fn();
  whenSignedOut(listener);
  fetched.mockImplementation(async (request) => {
    if (request.url.endsWith("/auth/refresh")) throw new TypeError("network");
    return json(401, { code: "token_expired" });
  });

  await expect(api.GET("/api/v1/users/me")).rejects.toBeInstanceOf(ApiError);

  expect(listener).not.toHaveBeenCalled();
});

it("ends the session of a tab whose cookie belongs to somebody else now", async () => {
  const listener = vi.fn();
  whenSignedOut(listener);
  fetched.mockImplementation(async (request) => {
    if (request.url.endsWith("/auth/refresh")) return json(200, { access_token: "linus's", user: linus });
    return json(401, { code: "token_expired" });
  });

  await expect(api.GET("/api/v1/users/me")).rejects.toBeInstanceOf(ApiError);

  expect(listener).toHaveBeenCalledOnce();
  expect(bearers()).not.toContain("Bearer linus's");
});

it("takes the token that another tab of the same person has just got, without asking", async () => {
  const otherTab = new BroadcastChannel("dc-token");
  const freshUntil = Date.now() + 60_000;
  let isRefused = true;
  fetched.mockImplementation(async () => {
    if (!isRefused) return json(200, { id: "me" });
    isRefused = false;
    otherTab.postMessage({ login: { access_token: "linus's", user: linus }, freshUntil });
    otherTab.postMessage({ login: { access_token: "shared", user: ada }, freshUntil });
    await vi.waitFor(() => expect(accessToken.get()).toBe("shared"));
    return json(401, { code: "token_expired" });
  });

  await api.GET("/api/v1/users/me");

  expect(bearers()).toEqual(["Bearer old", "Bearer shared"]);
  otherTab.close();
});

it.each([
  [429, "rate_limited"],
  [408, "unavailable"],
  [403, "invalid"],
])("reads a proxy's %i as %s", async (status, code) => {
  fetched.mockImplementation(async () => new Response("<h1>no</h1>", { status }));

  await expect(api.GET("/api/v1/users/me")).rejects.toMatchObject({ code, status });
});

it("turns a proxy's page into a problem all the same", async () => {
  fetched.mockImplementation(
    async () => new Response("<h1>502</h1>", { status: 502, statusText: "Bad Gateway" }),
  );

  await expect(api.GET("/api/v1/users/me")).rejects.toMatchObject({ code: "unavailable", status: 502 });
});

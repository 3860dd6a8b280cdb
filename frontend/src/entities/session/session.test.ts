import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ada } from "@/test/factories";
import { signIn, signOut } from "./session";
import { sessionOf, setSession } from "./session-store";

beforeEach(() => setSession({ status: "signed_in", user: ada }));
afterEach(() => {
  vi.unstubAllGlobals();
});

const serverAnswers = (status: number) =>
  vi.stubGlobal("fetch", async () => new Response(status === 204 ? null : "", { status }));

it.each([204, 401])("signing out ends the session when the server says %i", async (status) => {
  serverAnswers(status);

  await signOut();

  expect(sessionOf().status).toBe("signed_out");
});

it("does not claim to have signed out while the cookie may still be good", async () => {
  serverAnswers(503);

  await expect(signOut()).rejects.toThrow();

  expect(sessionOf().status).toBe("signed_in");
});

it("keeps in mind that the account one would sign in to is disabled", async () => {
  setSession({ status: "signed_out" });
  const problem = new Response(JSON.stringify({ code: "account_disabled" }), {
    status: 403,
    headers: { "content-type": "application/problem+json" },
  });
  vi.stubGlobal("fetch", async () => problem);

  await expect(signIn({ login: "ada", password: "right" })).rejects.toThrow();

  expect(sessionOf()).toEqual({ status: "signed_out", isDisabled: true });
});

import type { Page } from "@playwright/test";
import { expectAccessible, troubles } from "./support/accessibility";
import { disables } from "./support/accounts";
import { startProvider } from "./support/openid-provider";
import { Server } from "./support/server";
import { test as base, expect } from "./support/test";

const ADA = {
  email: "ada@example.org",
  email_verified: true,
  name: "Ada Lovelace",
  preferred_username: "ada",
};

const LINUS = {
  ...ADA,
  email: "linus@example.org",
  name: "Linus Torvalds",
  preferred_username: "linus",
};

// The server is at localhost and the provider at 127.0.0.1: two sites, as they would be.
const test = base.extend({
  server: async ({ browserName: _ }, use) => {
    const provider = await startProvider({ ada: ADA, linus: LINUS, bob: { ...ADA, email_verified: false } });
    const server = await Server.start({
      DEVSCHAT_OIDC_ISSUER: provider.issuer,
      DEVSCHAT_OIDC_CLIENT_ID: "devschat",
      DEVSCHAT_OIDC_CLIENT_SECRET: "a secret of the tests",
      DEVSCHAT_OIDC_NAME: "Example ID",
    });
    await use(server);
    await server.stop();
    await provider.stop();
  },
});

const at = (server: Server, path: string) => server.url.replace("127.0.0.1", "localhost") + path;

async function signsIn(page: Page, login: string) {
  await page.getByRole("link", { name: "Sign in with Example ID" }).click();
  await expect(page.getByRole("heading", { name: "Example ID" })).toBeVisible();
  await page.getByLabel("Who are you?").fill(login);
  await page.getByRole("button", { name: "Continue" }).click();
}

const said = (page: Page, words: string) => page.getByRole("alert").filter({ hasText: words });

test("one signs in with a provider, stays signed in, and lands where one wanted to go", async ({
  visitor,
  server,
}) => {
  const found = troubles(visitor);
  await visitor.goto(at(server, "/settings/profile"));
  await expect(visitor).toHaveURL(/login/);
  await expectAccessible(visitor);

  await signsIn(visitor, "ada");

  await expect(visitor).toHaveURL(at(server, "/settings/profile"));
  await expect(visitor.getByText("Confirmed", { exact: true })).toBeVisible();
  const cookies = await visitor.context().cookies(at(server, "/"));
  const refresh = cookies.find(({ name }) => name === "devschat_refresh");
  expect(refresh).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  expect(cookies.map(({ name }) => name)).not.toContain("devschat_oidc");
  await visitor.reload();
  await expect(visitor.getByText("Confirmed", { exact: true })).toBeVisible();
  expect(found).toEqual([]);
});

test("who is refused reads why, and may sign in otherwise", async ({ visitor, server }) => {
  await visitor.goto(at(server, "/login"));
  await visitor.getByRole("link", { name: "Sign in with Example ID" }).click();
  await visitor.getByRole("link", { name: "Cancel" }).click();
  await expect(said(visitor, "said no")).toBeVisible();

  await signsIn(visitor, "bob");
  await expect(said(visitor, "has not confirmed your email address")).toBeVisible();
  await expectAccessible(visitor);
  await expect(visitor.getByLabel("Email or username")).toBeVisible();

  await visitor.getByRole("link", { name: "Create an account" }).click();
  await expect(visitor.getByRole("link", { name: "Sign in with Example ID" })).toBeVisible();
  await expectAccessible(visitor);
});

test("the link of a callback opens nothing in another browser", async ({ visitor, server, browser }) => {
  await visitor.goto(at(server, "/login"));
  await visitor.getByRole("link", { name: "Sign in with Example ID" }).click();
  await visitor.getByLabel("Who are you?").fill("ada");
  const callback = visitor.waitForRequest("**/auth/oidc/callback?*");
  await visitor.getByRole("button", { name: "Continue" }).click();

  const thief = await browser.newContext();
  const page = await thief.newPage();
  await page.goto((await callback).url());

  await expect(said(page, "another browser")).toBeVisible();
  await thief.close();
});

test("whose account is disabled reads so, however they sign in, and may sign in as somebody else", async ({
  visitor,
  server,
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const found = troubles(page);
  const heading = page.getByRole("heading", { name: "Your account is disabled" });
  await visitor.goto(at(server, "/login"));
  await signsIn(visitor, "ada");
  await expect(visitor.getByRole("navigation", { name: "Rooms" })).toBeVisible();
  await page.goto(at(server, "/login"));
  await signsIn(page, "linus");
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();

  await visitor.goto(at(server, "/settings/people"));
  await disables(visitor, "Linus Torvalds");
  await expect(heading).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await context.clearCookies(); // those of the provider, which would ask nobody who they are
  await signsIn(page, "linus");
  await expect(heading).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Sign in" }).click();
  await context.clearCookies();
  await signsIn(page, "ada");

  await expect(page.getByRole("button", { name: /Ada Lovelace/ })).toBeVisible();
  expect(found).toEqual([]);
  await context.close();
});

import type { Page } from "@playwright/test";
import type { Person } from "./support/person";
import { expect, test } from "./support/test";

test.use({ serverEnv: { DEVSCHAT_LIMIT_MESSAGES: "off", DEVSCHAT_ACCESS_TOKEN_S: "6" } });

/** The tokens this tab hands in on its socket, oldest first. */
function tokensHandedInBy(page: Page): string[] {
  const tokens: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const { type, token } = JSON.parse(String(payload));
      if (type === "hello" || type === "auth") tokens.push(token);
    }),
  );
  return tokens;
}

function renewalsIn(page: Page): string[] {
  const renewals: string[] = [];
  page.context().on("request", (request) => {
    if (request.url().endsWith("/api/v1/auth/refresh")) renewals.push(request.method());
  });
  return renewals;
}

async function isOver(url: string, token: string | undefined): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${url}/api/v1/users/me`, { headers })).status === 401;
}

async function signsOut({ page }: Person) {
  await page.getByRole("button", { name: /Ada Lovelace/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
}

test("two tabs whose token ran out ask for one new one, and both go on with it", async ({
  arrives,
  server,
}) => {
  const ada = await arrives("ada");
  await ada.createsRoom("two-tabs");
  const other = await ada.inAnotherTab();
  const tabs = [ada, other];
  const tokens = tabs.map(({ page }) => tokensHandedInBy(page));
  for (const { page } of tabs) await page.reload();
  for (const tab of tabs) await tab.isIn("two-tabs");
  await expect.poll(() => tokens.map((all) => all.length > 0)).toEqual([true, true]);

  await ada.page.context().setOffline(true);
  for (const all of tokens) await expect.poll(() => isOver(server.url, all.at(-1))).toBe(true);
  const past = new Set(tokens.flat());
  const fresh = () => tokens.map((all) => all.find((token) => !past.has(token)));
  const renewals = renewalsIn(ada.page);
  await ada.page.context().setOffline(false);
  // Looked at often: after half of its life the new token is renewed in its turn.
  await expect.poll(fresh, { intervals: [20] }).not.toContain(undefined);

  expect(fresh()[0]).toBe(fresh()[1]);
  expect(renewals).toEqual(["POST"]);
});

test("both tabs go on for longer than any one token, and a message of either is in both once", async ({
  arrives,
  server,
}) => {
  const ada = await arrives("ada");
  await ada.createsRoom("two-tabs");
  const other = await ada.inAnotherTab();
  const tokens = tokensHandedInBy(other.page);
  await other.page.reload();
  await other.isIn("two-tabs");
  await expect.poll(() => tokens.length).toBeGreaterThan(0);
  await expect.poll(() => isOver(server.url, tokens[0])).toBe(true);

  await ada.writes("from the first tab");
  await other.writes("from the second tab");

  for (const tab of [ada, other]) {
    await expect(tab.message("from the second tab")).toBeVisible();
    await expect(tab.page.locator("article[data-state]")).toHaveCount(0);
    expect(await tab.readsAll()).toEqual(["from the first tab", "from the second tab"]);
  }
});

test("tabs renew their tokens together: what one tab got, the other hands in too", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("two-tabs");
  const other = await ada.inAnotherTab();
  const tokens = [ada, other].map(({ page }) => tokensHandedInBy(page));
  for (const { page } of [ada, other]) await page.reload();
  for (const tab of [ada, other]) await tab.isIn("two-tabs");

  const shared = () => tokens[0]?.filter((token) => tokens[1]?.includes(token)).length ?? 0;

  await expect.poll(shared, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
});

test("signing out in one tab ends the other, and neither comes back with a reload", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("two-tabs");
  const other = await ada.inAnotherTab();
  await other.isIn("two-tabs");

  await signsOut(ada);

  for (const { page } of [ada, other]) {
    await expect(page.getByLabel("Password")).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Password")).toBeVisible();
  }
});

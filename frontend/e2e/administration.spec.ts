import type { Page } from "@playwright/test";
import { expectAccessible, troubles } from "./support/accessibility";
import { choosesFor, disables } from "./support/accounts";
import { PASSWORD } from "./support/person";
import { expect, test } from "./support/test";

test("a token is made, shown once, speaks for its maker, and is revoked", async ({ arrives, server }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  const asked = (token: string) =>
    page.request.get(`${server.url}/api/v1/rooms`, { headers: { authorization: `Bearer ${token}` } });

  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.getByText("Say what it is for")).toBeVisible();
  await expect(page.getByText("Choose what it may do")).toBeVisible();
  await page.getByLabel("Name").fill("Deploy bot");
  await page.getByLabel("See rooms and members").check();
  await page.getByRole("button", { name: "Make token" }).click();

  const token = String(await page.locator("code", { hasText: /^dvc_/ }).textContent());
  expect((await asked(token)).status()).toBe(200);
  await page.reload();
  await expect(page.getByText("Used just now").or(page.getByText(/Used .* ago/))).toBeVisible();
  await expect(page.getByText(token)).toBeHidden();
  await page.getByRole("button", { name: "Revoke Deploy bot" }).click();
  await expect(page.getByText("You have none.")).toBeVisible();
  expect((await asked(token)).status()).toBe(401);
});

test("a server admin takes an account out of use, and it is remembered", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const { page } = ada;

  await page.goto("/settings/people");
  await page.getByLabel("Find somebody").fill("linus");
  await disables(page, "Linus Torvalds");

  await expect(linus.page.getByRole("heading", { name: "Your account is disabled" })).toBeVisible();
  await linus.page.goto("/login");
  await expect(linus.page.getByRole("heading", { name: "Your account is disabled" })).toBeVisible();
  await linus.page.getByRole("link", { name: "Sign in" }).click();
  await linus.page.getByLabel("Email or username").fill("linus");
  await linus.page.getByLabel("Password").fill(PASSWORD);
  await linus.page.keyboard.press("Enter");
  await expect(linus.page.getByRole("heading", { name: "Your account is disabled" })).toBeVisible();

  await choosesFor(page, "Linus Torvalds", "New password…");
  await page.getByRole("button", { name: "Make a new password" }).click();
  await expect(page.getByRole("dialog").locator("code")).toHaveText(/^[\w-]{22}$/);
  await page.getByRole("button", { name: "Done" }).click();

  await page.goto("/settings/audit");
  await expect(page.getByText("Ada Lovelace disabled Linus Torvalds")).toBeVisible();
  await page.getByLabel("Show").selectOption({ label: "Signed up" });
  await expect(page.getByText("Linus Torvalds made an account")).toBeVisible();
  await expect(page.getByText("Ada Lovelace disabled Linus Torvalds")).toBeHidden();
});

test("without a mouse an admin makes somebody admin and opens what asks first, and never loses the place", async ({
  arrives,
}) => {
  const { page } = await arrives("ada");
  await arrives("linus");
  const button = page.getByRole("button", { name: "Manage Linus Torvalds" });
  const item = (name: string) => page.getByRole("menuitem", { name });
  await page.goto("/settings/people");

  await button.press("Enter");
  await expect(page.getByRole("menu", { name: "Manage Linus Torvalds" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await button.press("Enter");
  await expect(item("New password…")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item("Make server admin")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Linus Torvalds is admin now")).toBeVisible();
  await expect(button).toBeFocused();
  await button.press("ArrowDown");
  await expect(item("New password…")).toBeFocused();
  await expect(item("Remove as server admin")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "A new password for Linus Torvalds" })).toBeVisible();
  await page.keyboard.press("Escape");

  await expect(button).toBeFocused();
});

test("an account stays in use when the admin who is asked thinks better of it", async ({ arrives }) => {
  const { page } = await arrives("ada");
  await arrives("linus");
  await page.goto("/settings/people");

  await choosesFor(page, "Linus Torvalds", "Disable…");
  const dialog = page.getByRole("dialog", { name: "Disable Linus Torvalds?" });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Manage Linus Torvalds" })).toBeFocused();

  await choosesFor(page, "Linus Torvalds", "Disable…");
  await expect(dialog.getByText("They are signed out everywhere")).toBeVisible();
});

test("whose account is disabled while they write is told so, and finds the draft when it is enabled again", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const found = troubles(linus.page);
  const roomId = await linus.createsRoom("kernel");
  const aside = await linus.inAnotherTab();
  await ada.page.goto("/settings/people");
  await linus.box.fill("half a thought");

  await disables(ada.page, "Linus Torvalds");

  const heading = linus.page.getByRole("heading", { name: "Your account is disabled" });
  await expect(heading).toBeVisible();
  await expect(linus.page).toHaveURL(/\/disabled\?/);
  await expect(linus.page).toHaveTitle(/Account disabled/);
  await expect(aside.page.getByRole("heading", { name: "Your account is disabled" })).toBeVisible();
  await expectAccessible(linus.page);
  await linus.page.getByRole("link", { name: "Sign in" }).click();
  const signsIn = async () => {
    await linus.page.getByLabel("Email or username").fill("linus");
    await linus.page.getByLabel("Password").fill(PASSWORD);
    await linus.page.keyboard.press("Enter");
  };
  await signsIn();
  await expect(heading).toBeVisible();
  await linus.page.getByRole("link", { name: "Sign in" }).click();

  await choosesFor(ada.page, "Linus Torvalds", "Enable");
  await expect(ada.page.getByText("Linus Torvalds may sign in again")).toBeVisible();
  await signsIn();
  await expect(linus.page).toHaveURL(new RegExp(`/r/${roomId}`));
  await expect(linus.box).toHaveValue("half a thought");
  expect(found).toEqual([]);
});

for (const [how, goesAway, comesBack] of [
  [
    "without network",
    (page: Page) => page.context().setOffline(true),
    (page: Page) => page.context().setOffline(false),
  ],
  ["elsewhere", (page: Page) => page.goto("about:blank"), (page: Page) => page.goBack()],
] as const) {
  test(`whose account is disabled while they are ${how} is told so when they are back`, async ({
    arrives,
  }) => {
    const ada = await arrives("ada");
    const linus = await arrives("linus");
    await linus.createsRoom("kernel");
    await ada.page.goto("/settings/people");
    await goesAway(linus.page);

    await disables(ada.page, "Linus Torvalds");
    await expect(ada.page.getByText("Linus Torvalds is signed out everywhere")).toBeVisible();
    await comesBack(linus.page);

    await expect(linus.page.getByRole("heading", { name: "Your account is disabled" })).toBeVisible();
    await expect(linus.page).toHaveURL(/\/disabled\?next=/);
  });
}

test("the page about a disabled account is for nobody else", async ({ visitor, arrives }) => {
  await visitor.goto("/disabled");
  await expect(visitor).toHaveURL(/\/login$/);

  const { page } = await arrives("ada");
  await page.goto("/disabled");
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
  await expect(page).not.toHaveURL(/disabled/);
});

test("a server admin sees which rooms there are, private and archived ones too", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const { page } = ada;
  const found = troubles(page);
  await linus.api.createRoom({ name: "hidden", visibility: "private" });
  const old = await linus.api.createRoom({ name: "old-plans", visibility: "public" });
  await linus.api.archive(old);
  for (let number = 10; number < 60; number += 1) {
    await linus.api.createRoom({ name: `team-${number}`, visibility: "public" });
  }

  await page.goto("/settings");
  await page.getByRole("link", { name: "Rooms", exact: true }).click();

  const rows = page.getByRole("main").getByRole("listitem");
  await expect(rows.filter({ hasText: "hidden(private)" })).toContainText(
    "1 member · 1 event · made just now",
  );
  await expect(rows.filter({ hasText: "old-plans" })).toContainText("Archived just now");
  await expectAccessible(page);
  await expect(rows.filter({ hasText: "team-59" })).toBeHidden();
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(rows.filter({ hasText: "team-59" })).toBeVisible();
  await page.getByLabel("Find a room").fill("HID");
  await expect(rows).toHaveCount(1);
  await page.getByLabel("Find a room").fill("nothing like it");
  await expect(page.getByText("No room is called “nothing like it”.")).toBeVisible();
  expect(found).toEqual([]);
});

test("who is no server admin finds no way there", async ({ arrives }) => {
  await arrives("ada");
  const linus = await arrives("linus");

  await linus.page.goto("/settings/people");

  await expect(linus.page).toHaveURL(/\/settings\/profile$/);
  await expect(linus.page.getByRole("link", { name: "Audit log" })).toBeHidden();
  await linus.page.goto("/settings/rooms");
  await expect(linus.page).toHaveURL(/\/settings\/profile$/);
});

import type { Locator, Page } from "@playwright/test";
import { PASSWORD } from "./support/person";
import { expect, test } from "./support/test";

/** Mod+K, a few letters, Enter. */
async function jump(page: Page, typed: string, option: RegExp) {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Jump to" })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole("option", { selected: true })).toHaveAccessibleName(option);
  await page.keyboard.press("Enter");
}

/** None waits for what the one before it has done. */
async function pressedAtOnce(page: Page, ...keys: string[]) {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
}

async function tabTo(page: Page, name: string | RegExp) {
  const target = page.locator("main, dialog[open]").getByLabel(name).first();
  for (let count = 0; count < 40; count += 1) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("from signing in to signing out without a mouse", async ({ arrives, server, browser }) => {
  await (await arrives("ada")).page.close();
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/login");
  await expect(page.getByLabel("Password")).toBeVisible();

  await tabTo(page, "Email or username");
  await page.keyboard.type("ada");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();

  for (const name of ["alpha", "beta"]) {
    await jump(page, "create", /Create a room/);
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: `Message #${name}` })).toBeFocused();
  }
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByRole("heading", { level: 1, name: "alpha" })).toBeVisible();
  await expect(page.getByRole("log")).toBeVisible();

  await page.keyboard.type("typed nowhere in particular");
  await expect(page.getByRole("textbox", { name: "Message #alpha" })).toHaveValue(
    "typed nowhere in particular",
  );
  await page.keyboard.press("Enter");
  const message = page.getByRole("article").filter({ hasText: "typed nowhere" });
  await expect(message).toBeVisible();
  await expect(message).not.toHaveAttribute("data-state");

  await page.keyboard.press("Shift+F6");
  await expect(page.getByRole("log")).toBeFocused();
  await page.keyboard.press("End");
  await expect(message).toBeFocused();
  await page.keyboard.press(":");
  await expect(page.getByLabel("Search emoji")).toBeFocused();
  await page.keyboard.type("rocket");
  await expect(page.getByRole("gridcell", { name: /rocket/i }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "🚀, 1 reaction" })).toBeVisible();
  await expect(message).toBeFocused();

  await page.keyboard.press("Shift+F6");
  await expect(page.getByRole("link", { name: "alpha" })).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "alpha" })).toBeFocused();
  await page.keyboard.press("Control+.");
  await expect(page.getByRole("complementary", { name: "Members" })).toBeVisible();
  await page.keyboard.press("Control+.");
  await expect(page.getByRole("complementary", { name: "Members" })).toHaveCount(0);

  await jump(page, "settings of", /Settings of this room/);
  await tabTo(page, "Topic");
  await page.keyboard.type("Set by keyboard");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved")).toBeVisible();
  await jump(page, "beta", /beta/);
  await expect(page.getByRole("heading", { level: 1, name: "beta" })).toBeVisible();

  await jump(page, "dark", /Use the dark theme/);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await jump(page, "sign out", /Sign out/);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Password")).toBeVisible();
  await context.close();
});

test("the switcher finds rooms one could join, and marks all read", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const quiet = await ada.createsRoom("quiet");
  await linus.joins("quiet");
  await linus.createsRoom("release-train");

  await jump(ada.page, "release", /release-train/);
  await ada.page.getByRole("button", { name: "Join room" }).click();
  await ada.isIn("release-train");
  await expect(ada.box).toBeFocused();
  await linus.api.post(quiet, "hello @ada");
  await expect(ada.page.getByRole("link", { name: /quiet/ })).toHaveAccessibleName(/1 mention/);
  await ada.page.keyboard.press("Shift+Escape");

  await expect(ada.page.getByRole("link", { name: /quiet/ })).toHaveAccessibleName("quiet");
});

test("the switcher finds people, and mentions them where one writes", async ({ arrives }) => {
  const ada = await arrives("ada");
  await arrives("linus");
  await ada.createsRoom("release-train");
  await ada.box.fill("ask  about it");
  await ada.page.keyboard.press("Home");
  for (let count = 0; count < "ask ".length; count += 1) await ada.page.keyboard.press("ArrowRight");

  await ada.page.keyboard.press("Control+k");
  await ada.page.keyboard.press("Escape");
  await ada.page.keyboard.type("now ");
  await jump(ada.page, "torv", /Linus Torvalds/);
  await expect(ada.box).toHaveValue("ask now @linus  about it");
  await expect(ada.box).toBeFocused();

  await ada.page.keyboard.press("Control+k");
  await ada.page.keyboard.type("@ada");
  await expect(ada.page.getByText("Nothing found for “@ada”.")).toBeVisible();
});

test("where no message box is open, choosing somebody leads to the latest room that both are in", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await arrives("grace");
  await ada.createsRoom("release-train");
  await linus.joins("release-train");
  await ada.box.fill("half a thought");
  await ada.createsRoom("alone");
  await ada.page.goto("/settings/profile");
  await expect(ada.page.getByLabel("First name")).toBeVisible();

  await jump(ada.page, "hopper", /Grace Hopper/);
  await expect(ada.page.getByText("None of your latest rooms has Grace Hopper in it")).toBeVisible();
  await jump(ada.page, "torv", /Linus Torvalds/);
  await ada.isIn("release-train");
  await expect(ada.box).toHaveValue("half a thought @linus ");
  await expect(ada.box).toBeFocused();
  await ada.page.keyboard.type("look");

  await expect(ada.box).toHaveValue("half a thought @linus look");
});

test("Home and End lead to the first and the last message however fast the next key comes", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("tall-tales");
  const tall = `\n\`\`\`\n${"a line of code\n".repeat(12)}\`\`\``;
  for (let line = 1; line <= 40; line += 1) await ada.api.post(roomId, `line ${line}.${tall}`);
  await ada.page.reload();
  await expect(ada.message("line 40.")).toBeInViewport();
  await ada.page.getByRole("log").focus();

  for (let round = 0; round < 5; round += 1) {
    await pressedAtOnce(ada.page, "End", "Home", "ArrowDown", "j");
    await expect(ada.message("line 3.")).toBeFocused();
    await expect(ada.message("line 3.")).toBeInViewport();
    await pressedAtOnce(ada.page, "Home", "End", "ArrowUp", "k");
    await expect(ada.message("line 38.")).toBeFocused();
    await expect(ada.message("line 38.")).toBeInViewport();
  }
});

test("a menu opens by click and by key, walks, and gives the focus back to its button", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const { page } = ada;
  await ada.createsRoom("kernel");
  const button = page.getByRole("button", { name: "Room menu" });
  const menu = page.getByRole("menu", { name: "Room menu" });

  await button.click();
  await expect(menu).toBeVisible();
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await button.click();
  await expect(menu).toBeHidden();

  await button.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Members and roles" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Room settings" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await button.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Members and roles" })).toBeFocused();
});

for (const [how, opens, focused] of [
  ["by a key has its first item focused", (button: Locator) => button.press("Enter"), "menuitem"],
  ["by a click has none of its items focused", (button: Locator) => button.click(), "menu"],
] as const) {
  test(`a menu that is still to be loaded when it is opened ${how}`, async ({ arrives }) => {
    const ada = await arrives("ada", { serviceWorkers: "block" });
    const { page } = ada;
    await ada.createsRoom("kernel");
    let load = () => {};
    const loads = new Promise<void>((resolve) => {
      load = resolve;
    });
    await page.route("**/room-menu-items-*.js", async (route) => {
      await loads;
      await route.continue();
    });
    const button = page.getByRole("button", { name: "Room menu" });

    await opens(button);
    await expect(button).toHaveAttribute("aria-expanded", "true");
    load();

    await expect(page.getByRole(focused).first()).toBeFocused();
  });
}

test("what is chosen is seen without any background, in forced colours", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  await ada.createsRoom("kernel");
  await page.emulateMedia({ forcedColors: "active" });
  const outlined = ["outline-style", "solid"] as const;

  await expect(page.getByRole("link", { name: "kernel" })).toHaveCSS(...outlined);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option", { selected: true })).toHaveCSS(...outlined);
  await expect(page.getByRole("option", { selected: false }).first()).not.toHaveCSS(...outlined);
});

test("Shift+PageUp leads to the first unread message, however far above", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("busy");
  await linus.joins("busy");
  await ada.page.goto("/browse");
  for (let line = 1; line <= 80; line += 1) await linus.api.post(roomId, `line ${line}.`);

  await ada.page.goto(`/r/${roomId}`);
  await expect(ada.message("line 1.")).toBeInViewport();
  await ada.page.getByRole("log").focus();
  await ada.page.keyboard.press("End");
  await expect(ada.message("line 80.")).toBeFocused();
  await ada.page.keyboard.press("Shift+PageUp");

  await expect(ada.message("line 1.")).toBeFocused();
  await expect(ada.message("line 1.")).toBeInViewport();
});

test("one skips to the messages, and a pane that closes gives the focus back", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  await ada.createsRoom("kernel");
  await page.reload();
  await ada.isIn("kernel");

  await page.getByRole("link", { name: "Skip to messages" }).press("Enter");
  await expect(page.getByRole("log")).toBeFocused();

  await page.getByRole("button", { name: "Show members" }).press("Enter");
  await page.getByRole("button", { name: "Close members" }).press("Enter");
  await expect(page.getByRole("button", { name: "Show members" })).toBeFocused();
});

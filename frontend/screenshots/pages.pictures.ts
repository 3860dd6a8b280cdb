import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { SETTINGS } from "../e2e/support/settings";
import { test as base, expect } from "../e2e/support/test";
import { tellStory } from "./story";

const FOLDER = process.env["SCREENSHOTS"] ?? resolve(import.meta.dirname, "../../docs/screenshots");
const ROOM_NAME = /back-end/;

type Story = Awaited<ReturnType<typeof tellStory>>;

const test = base.extend<{ story: Story }>({
  story: async ({ server }, use) => use(await tellStory(server.url)),
});

const LOOKS = [
  { look: "light", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { look: "dark", colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  { look: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

for (const { look, colorScheme, viewport } of LOOKS) {
  test(`pictures of every page: ${look}`, async ({ browser, server, story }) => {
    test.setTimeout(120_000);
    const isPhone = look === "phone";
    const context = await browser.newContext({
      baseURL: server.url,
      viewport,
      colorScheme,
      reducedMotion: "reduce",
      hasTouch: isPhone,
      ...(isPhone ? { deviceScaleFactor: 2 } : {}),
    });
    const page = await context.newPage();
    const picture = async (name: string) => {
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(400); // skeletons and transitions are over
      await page.screenshot({ path: resolve(FOLDER, `${name}-${look}.png`) });
    };

    await page.goto("/signup");
    await expect(page.getByLabel("First name")).toBeVisible();
    await picture("signup");
    await page.goto("/login");
    await page.getByLabel("Email or username").fill(story.login);
    await page.getByLabel("Password").fill(story.password);
    await picture("login");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
    if (isPhone) await picture("rooms");

    await page.goto(`/r/${story.rooms["back-end"]}`);
    await expect(page.locator(".hljs-keyword").first()).toBeVisible();
    await picture("room");
    await page.getByRole("log").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("k"); // to her own
    await page.keyboard.press("v");
    await expect(page.getByRole("dialog", { name: "Who read this" })).toContainText("@devi");
    await picture("readers");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Show members" }).click();
    await expect(page.getByText("@devi").last()).toBeVisible();
    await picture("members");
    await page.getByRole("button", { name: "Close members" }).click();
    await jump(page, "");
    await picture("switcher");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+/");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await picture("shortcuts");
    await page.keyboard.press("Escape");
    await jump(page, "create");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Create a room" })).toBeVisible();
    await picture("create-room");
    await page.keyboard.press("Escape");

    await page.goto(`/r/${story.rooms["launch-2025"]}`);
    await expect(page.getByText("It is out.")).toBeVisible();
    await picture("archived");
    await page.goto("/browse");
    await expect(page.getByText("reading-club")).toBeVisible();
    await picture("browse");
    for (const name of ["general", "members", "danger"]) {
      await page.goto(`/r/${story.rooms["back-end"]}/settings/${name}`);
      await expect(page.getByRole("heading", { level: 1, name: ROOM_NAME })).toBeVisible();
      if (name === "members") await expect(page.getByText("@devi")).toBeVisible();
      await picture(`room-settings-${name}`);
    }
    if (isPhone) {
      await page.goto("/settings");
      await expect(page.getByRole("link", { name: "Profile" })).toBeVisible();
      await picture("settings");
    }
    for (const name of SETTINGS) {
      await page.goto(`/settings/${name}`);
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      if (name === "metrics") await page.waitForTimeout(10_000); // lines, not points
      await picture(`settings-${name}`);
    }
    await context.close();
  });
}

async function jump(page: Page, typed: string) {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Jump to" }).fill(typed);
  await expect(page.getByRole("option").first()).toBeVisible();
}

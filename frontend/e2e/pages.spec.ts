import { expectAccessible, troubles } from "./support/accessibility";
import { SETTINGS } from "./support/settings";
import { expect, test } from "./support/test";

for (const [screen, viewport] of [
  ["a desktop", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test(`settings and dialogs on ${screen}: nothing refused by the policy, nothing inaccessible`, async ({
    arrives,
  }) => {
    test.setTimeout(150_000);
    const ada = await arrives("ada", { viewport, hasTouch: viewport.width < 800 });
    await arrives("linus");
    const { page } = ada;
    const found = troubles(page);
    const roomId = await ada.createsRoom("the-room");
    const dialog = page.getByRole("dialog");

    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("combobox").fill("no such thing");
    await expect(page.getByText("Nothing found")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+/");
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    for (const name of SETTINGS) {
      await page.goto(`/settings/${name}`);
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      await expectAccessible(page);
    }
    await page.goto(`/r/${roomId}/settings/general`);
    await page.getByLabel("Name", { exact: true }).fill("two words");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "can only contain" })).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/r/${roomId}/settings/members`);
    await page.getByLabel("Find somebody").fill("linus");
    await page.getByRole("button", { name: /Linus Torvalds/ }).click();
    await expect(page.getByLabel("Role of Linus Torvalds")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Remove Linus Torvalds" }).click();
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.goto(`/r/${roomId}/settings/danger`);
    await page.getByRole("button", { name: "Delete room…" }).click();
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Archive room" }).click();
    await expect(page.getByRole("button", { name: "Unarchive room" })).toBeVisible();
    await page.goto(`/r/${roomId}`);
    await expect(page.getByText("Archived: it can be read")).toBeVisible();
    await expectAccessible(page);
    await page.goto(viewport.width < 800 ? "/settings" : "/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);

    expect(found).toEqual([]);
  });
}

import { textsOffScreen } from "./support/layout";
import { SETTINGS } from "./support/settings";
import { expect, test } from "./support/test";

const LONG = "n".repeat(40);

test("on a phone one gets back to the list from a room that one is not in", async ({ arrives }) => {
  const { page } = await arrives("ada", { viewport: { width: 390, height: 844 } });
  const linus = await arrives("linus");
  const theirs = await linus.api.createRoom({ name: "kernel", visibility: "public" });
  await page.goto(`/r/${theirs}`);
  await expect(page.getByRole("heading", { level: 1, name: "kernel" })).toBeVisible();

  await page.getByRole("link", { name: "Back to rooms" }).click();

  await expect(page.getByRole("button", { name: "Jump to…" })).toBeVisible();
});

test("on 320 px, which is 400 % zoom of 1280, no text runs off the screen", async ({ arrives }) => {
  test.setTimeout(120_000);
  const ada = await arrives("ada", { viewport: { width: 320, height: 640 } });
  const linus = await arrives("linus");
  const { page } = ada;
  const fits = async () => expect(await textsOffScreen(page), page.url()).toEqual([]);
  await page.goto("/settings/profile");
  await page.getByLabel("First name").fill(LONG);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved").first()).toBeVisible();
  const roomId = await ada.api.createRoom({ name: LONG, visibility: "public" });
  const theirs = await linus.api.createRoom({ name: "t".repeat(40), visibility: "public" });
  const cells = (text: string) => `|${` ${text} |`.repeat(8)}\n`;
  await ada.api.post(roomId, `${LONG.repeat(3)} \`${LONG.repeat(2)}\` https://example.org/${LONG.repeat(2)}`);
  await ada.api.post(roomId, `\`\`\`rust\nlet long = "${LONG.repeat(5)}";\n\`\`\`\n> ${LONG.repeat(2)}`);
  await ada.api.post(roomId, cells("head") + cells("-") + cells("several words"));

  await page.goto("/");
  await expect(page.getByRole("link", { name: LONG })).toBeVisible();
  await fits();
  await page.goto(`/r/${roomId}`);
  await expect(page.getByText("This is the start of")).toBeVisible();
  await expect(page.getByRole("table")).toBeVisible();
  await fits();
  await page.getByRole("button", { name: "Show members" }).click();
  await expect(page.getByText("@ada").last()).toBeVisible();
  await fits();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option").first()).toBeVisible();
  await fits();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+/");
  await expect(page.getByRole("dialog")).toBeVisible();
  await fits();
  await page.goto("/browse");
  await expect(page.getByText("t".repeat(40))).toBeVisible();
  await fits();
  for (const path of [
    ...["general", "members", "danger"].map((name) => `/r/${roomId}/settings/${name}`),
    ...SETTINGS.map((name) => `/settings/${name}`),
    `/r/${theirs}`,
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await fits();
  }
});

import { expectAccessible } from "./support/accessibility";
import type { Person } from "./support/person";
import { expect, test } from "./support/test";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Holds a finger on a message until its sheet is there. */
async function pressesLong(person: Person, body: string) {
  const { page } = person;
  const text = await person.message(body).locator(".md").boundingBox();
  const touch = await page.context().newCDPSession(page);
  const at = { x: (text?.x ?? 0) + 10, y: (text?.y ?? 0) + 10 };
  const sheet = page.getByRole("dialog", { name: /^Message by/ });
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
  await expect(sheet).toBeVisible();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  return sheet;
}

test("on a phone a long press opens what one can do with a message", async ({ arrives }) => {
  const ada = await arrives("ada", PHONE);
  const roomId = await ada.createsRoom("release-train");
  await ada.api.post(roomId, "pressed for long");

  const sheet = await pressesLong(ada, "pressed for long");

  await expect(sheet).toHaveAccessibleName("Message by Ada Lovelace");
  await expectAccessible(ada.page);
});

test("a reaction chosen from the sheet is on the message, for others too, and a tap takes it back", async ({
  arrives,
}) => {
  const ada = await arrives("ada", PHONE);
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("release-train");
  await linus.joins("release-train");
  await linus.api.post(roomId, "shall we?");
  await expect(ada.message("shall we?")).toBeVisible();

  const sheet = await pressesLong(ada, "shall we?");
  await sheet.getByRole("button", { name: "React with 👍" }).tap();

  await expect(sheet).toHaveCount(0);
  await expect(ada.message("shall we?").getByRole("button", { name: "👍, 1 reaction" })).toBeVisible();
  const seen = linus.message("shall we?").getByRole("button", { name: "👍, 1 reaction" });
  await expect(seen).toBeVisible();
  await ada.message("shall we?").getByRole("button", { name: "👍, 1 reaction" }).tap();
  await expect(seen).toHaveCount(0);
});

test("who has read a message is asked from the sheet", async ({ arrives }) => {
  const ada = await arrives("ada", PHONE);
  const roomId = await ada.createsRoom("release-train");
  await ada.api.post(roomId, "anybody?");

  const sheet = await pressesLong(ada, "anybody?");
  await sheet.getByRole("button", { name: "Who read this…" }).tap();

  const readers = ada.page.getByRole("dialog", { name: "Who read this" });
  await expect(readers).toContainText("Nobody has read this yet.");
  await readers.getByRole("button", { name: "Close" }).tap();
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
});

test("messages with reactions, quotes, a toolbar, an editor and their dialogs are accessible", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  await ada.createsRoom("release-train");
  await ada.writes("first");
  await expect(ada.message("first")).not.toHaveAttribute("data-state");
  await ada.box.press("Shift+ArrowUp");
  await ada.writes("second");
  await expect(ada.message("second")).not.toHaveAttribute("data-state");
  await ada.message("second").hover();
  await ada.message("second").getByRole("button", { name: "React with 🎉" }).click();
  await expect(ada.message("second").getByRole("button", { name: "🎉, 1 reaction" })).toBeVisible();
  await expectAccessible(ada.page);
  await ada.page.getByRole("log").focus();
  await ada.page.keyboard.press("End");
  await expect(ada.message("second")).toBeFocused();
  await ada.page.keyboard.press("e");
  await ada.page.getByRole("textbox", { name: "Edit message" }).fill("second, better");
  await expectAccessible(ada.page);
  await ada.page.keyboard.press("Enter");
  await ada.message("second, better").getByRole("button", { name: "(edited)" }).click();
  await expect(ada.page.getByRole("dialog")).toContainText("Now, since");
  await expectAccessible(ada.page);
});

import { expectAccessible } from "./support/accessibility";
import { textsOffScreen } from "./support/layout";
import type { Person } from "./support/person";
import { expect, test } from "./support/test";

const dialog = ({ page }: Person) => page.getByRole("dialog", { name: "Who read this" });

async function asksWhoRead(person: Person, body: string) {
  await person.message(body).hover();
  await person.page.getByRole("button", { name: "More actions" }).click();
  await person.page.getByRole("menuitem", { name: /Who read this…/ }).click();
  await expect(dialog(person)).toBeVisible();
}

/** The answer is of the moment in which it was asked for, so it is asked for until it is this. */
async function expectReaders(person: Person, body: string, count: string, names: string[]) {
  await expect(async () => {
    await person.page.keyboard.press("Escape");
    await asksWhoRead(person, body);
    await expect(dialog(person).getByRole("status")).toHaveText(count, { timeout: 2_000 });
  }).toPass();
  await expect(dialog(person).getByRole("listitem")).toContainText(names);
}

test("one sees who has read a message, as long as they share it", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("release-train");
  await linus.joins("release-train");
  await linus.page.goto("/browse");
  await ada.api.post(roomId, "who is coming?");

  await expectReaders(ada, "who is coming?", "Nobody has read this yet.", []);
  await expectAccessible(ada.page);

  await linus.page.goto(`/r/${roomId}`);
  await expectReaders(ada, "who is coming?", "Read by 1 of 1", ["Linus Torvalds"]);
  await expectAccessible(ada.page);
  await ada.page.setViewportSize({ width: 390, height: 700 });
  expect(await textsOffScreen(ada.page)).toEqual([]);
  await ada.page.setViewportSize({ width: 1280, height: 800 });
  await expectReaders(linus, "who is coming?", "Read by 1 of 1", ["Linus Torvalds"]);

  await linus.page.goto("/settings/profile");
  const sharing = linus.page.getByRole("switch", { name: "Let others see what I have read" });
  await expect(sharing).toBeChecked();
  await sharing.click();
  await expect(sharing).toBeEnabled();
  await expectAccessible(linus.page);
  await linus.page.reload();
  await expect(sharing).not.toBeChecked();
  await expectReaders(ada, "who is coming?", "Nobody has read this yet.", []);
});

test("who read a message is asked by keys, and the focus is on the message again afterwards", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("release-train");
  await ada.api.post(roomId, "anybody?");
  await ada.page.getByRole("log").focus();
  await ada.page.keyboard.press("End");
  await expect(ada.message("anybody?")).toBeFocused();

  await ada.page.keyboard.press("v");
  await expect(dialog(ada)).toContainText("Nobody has read this yet.");
  await ada.page.keyboard.press("Escape");
  await expect(ada.message("anybody?")).toBeFocused();

  await ada.page.getByRole("button", { name: "More actions" }).focus();
  await ada.page.keyboard.press("Enter");
  await ada.page.getByRole("menuitem", { name: /Who read this…/ }).press("Enter");
  await expect(dialog(ada)).toContainText("Nobody has read this yet.");
  await ada.page.keyboard.press("Escape");
  await expect(ada.message("anybody?")).toBeFocused();
});

test("when the server can't be asked the dialog says so, and asks again", async ({ arrives }) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("release-train");
  await ada.api.post(roomId, "anybody?");
  await ada.page.route("**/readers?*", (route) =>
    route.fulfill({ status: 403, json: { code: "forbidden" } }),
  );

  await asksWhoRead(ada, "anybody?");
  await expect(dialog(ada).getByRole("alert")).toContainText("Could not load who read it.");
  await expectAccessible(ada.page);
  await ada.page.unroute("**/readers?*");
  await dialog(ada).getByRole("button", { name: "Retry" }).click();

  await expect(dialog(ada)).toContainText("Nobody has read this yet.");
});

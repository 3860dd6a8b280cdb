import { expectAccessible, troubles } from "./support/accessibility";
import { expect, test } from "./support/test";

test("one's own keys act instead of the defaults, after a reload too, until they are reset", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const { page } = ada;
  const found = troubles(page);
  const switcher = page.getByRole("combobox", { name: "Jump to" });
  const change = page.getByRole("button", { name: "Change keys of Jump to a room, person or command" });
  const row = page.getByRole("listitem").filter({ has: change });
  const opensWith = async (keys: string) => {
    await page.keyboard.press(keys);
    await expect(switcher).toBeFocused();
    await page.keyboard.press(keys);
    await expect(switcher).toBeHidden();
  };
  /** The key before it was heard, and did nothing: what comes after it is there. */
  const nothingComesOf = async (keys: string) => {
    await page.keyboard.press(keys);
    await page.keyboard.press("Control+/");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await expect(switcher).toBeHidden();
    await page.keyboard.press("Escape");
  };
  await ada.createsRoom("kernel");
  await page.keyboard.press("Control+/");
  await page.getByRole("link", { name: "Change keys" }).press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();

  await change.press("Enter");
  await expect(change).toHaveAttribute("aria-pressed", "true");
  await expect(row.getByRole("status")).toHaveText(/Press the new keys/);
  await expectAccessible(page);
  await page.keyboard.press("j");
  await expect(row.getByRole("status")).toHaveText(/types text/);
  await page.keyboard.press("Control+b");
  await expect(row.getByRole("status")).toHaveText("Ctrl+B belongs to “Bold”.");
  await expectAccessible(page);
  await row.getByRole("button", { name: "Leave it" }).press("Enter");
  await expect(change).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+j");
  await expect(row.getByRole("status")).toHaveText("Saved");

  await opensWith("Control+j");
  await nothingComesOf("Control+k");
  await page.goto("/");
  await ada.isIn("kernel");
  await opensWith("Control+j");
  await nothingComesOf("Control+k");
  await expect(page.getByRole("button", { name: "Jump to…" })).toHaveText("Jump to…CtrlJ");

  await page.goto("/settings/keyboard");
  await row.getByRole("button", { name: "Reset" }).press("Enter");
  await expect(row.getByRole("status")).toHaveText("Saved");
  await expect(change).toBeFocused();
  await opensWith("Control+k");
  await nothingComesOf("Control+j");
  expect(found).toEqual([]);
});

test("keys one chose for messages and formats act there, and the menu names them", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  const take = async (command: string, keys: string) => {
    await page.getByRole("button", { name: `Change keys of ${command}`, exact: true }).press("Enter");
    await page.keyboard.press(keys);
    await expect(page.getByRole("button", { name: `Reset keys of ${command}`, exact: true })).toBeVisible();
  };
  await ada.createsRoom("kernel");
  await ada.writes("first", "second");
  await page.goto("/settings/keyboard");
  await take("Bold", "Alt+g");
  await take("Reply", "g");
  await take("Previous message, once in the list", "Alt+j");

  await page.getByRole("link", { name: "kernel" }).click();
  await ada.isIn("kernel");
  await page.getByRole("log").focus();
  await page.keyboard.press("End");
  await expect(ada.message("second")).toBeFocused();
  await page.keyboard.press("Alt+j");
  await expect(ada.message("first")).toBeFocused();
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: "Reply" })).toHaveText("ReplyG");
  await page.keyboard.press("Escape");
  await ada.message("first").focus();
  await page.keyboard.press("g");
  await expect(ada.box).toBeFocused();
  await expect(page.getByRole("button", { name: /Cancel/ })).toBeVisible();
  await page.keyboard.press("Alt+g");

  await expect(ada.box).toHaveValue("****");
});

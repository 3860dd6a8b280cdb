import { expectAccessible } from "./support/accessibility";
import { expect, test } from "./support/test";

test("on a phone a long press opens what one can do with a message", async ({ arrives }) => {
  const ada = await arrives("ada", { viewport: { width: 390, height: 844 }, hasTouch: true });
  const roomId = await ada.createsRoom("release-train");
  await ada.api.post(roomId, "pressed for long");
  const message = ada.message("pressed for long");
  const text = await message.locator(".md").boundingBox();
  const touch = await ada.page.context().newCDPSession(ada.page);

  const at = { x: (text?.x ?? 0) + 10, y: (text?.y ?? 0) + 10 };
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
  await expect(ada.page.getByRole("dialog", { name: "Message by Ada Lovelace" })).toBeVisible();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
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

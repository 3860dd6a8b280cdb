import { expectAccessible, troubles } from "./support/accessibility";
import { expect, test } from "./support/test";

test("names of people, rooms and emoji complete at the caret", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await ada.createsRoom("release-train");
  await linus.joins("release-train");
  const found = troubles(ada.page);
  const options = ada.page.getByRole("option");

  await ada.box.pressSequentially("hey @li");
  await expect(options).toHaveText(["Linus Torvalds@linus"]);
  await expect(ada.page.getByRole("status").filter({ hasText: "1 suggestion" })).toBeAttached();
  await expectAccessible(ada.page);
  await ada.box.press("Enter");
  await expect(ada.box).toHaveValue("hey @linus ");
  await ada.box.pressSequentially("see #rel");
  await ada.box.press("Tab");
  await ada.box.pressSequentially(":rocke");
  await expect(options.first()).toContainText("🚀");
  await ada.box.press("Escape");
  await expect(options).toHaveCount(0);
  await ada.box.pressSequentially("t");
  await expect(options).toHaveCount(0);
  await ada.box.press("Backspace");
  await ada.box.fill("hey @linus see #release-train ");
  await ada.box.press("End");
  await ada.box.pressSequentially(":rocket");
  await ada.box.press("Tab");
  await ada.box.press("Enter");

  await expect(linus.message("hey @linus see #release-train 🚀")).toBeVisible();
  expect(found).toEqual([]);
});

test("the code of an emoji becomes it at the closing colon, and undo brings the code back", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  await ada.createsRoom("release-train");

  await ada.box.pressSequentially("done :tada:");
  await expect(ada.box).toHaveValue("done 🎉");
  await ada.box.press("ControlOrMeta+z");
  await expect(ada.box).toHaveValue("done :tada:");
  await ada.box.press("Enter");

  await expect(ada.message("done :tada:")).toBeVisible();
});

test("the code of an emoji becomes it where one has typed on before its names were loaded", async ({
  arrives,
}) => {
  const ada = await arrives("ada", { serviceWorkers: "block" });
  await ada.createsRoom("release-train");
  let load = () => {};
  const loads = new Promise<void>((resolve) => {
    load = resolve;
  });
  await ada.page.route("**/emoji/shortcodes.json", async (route) => {
    await loads;
    await route.continue();
  });

  await ada.box.pressSequentially(":tada: at last");
  load();
  await expect(ada.box).toHaveValue("🎉 at last");
  await ada.box.pressSequentially("!");

  await expect(ada.box).toHaveValue("🎉 at last!");
});

test("a message of emoji alone is shown larger", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("release-train");
  const size = (body: string) =>
    ada
      .message(body)
      .getByText(body)
      .evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));

  await ada.writes("🎉🚀", "done 👍");

  expect(await size("🎉🚀")).toBeGreaterThan(1.5 * (await size("done 👍")));
});

test("names of people complete who are not among the first of a large room", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await ada.createsRoom("everybody");
  await linus.joins("everybody");
  await ada.page.route("**/members?limit=100", async (route) => {
    const response = await route.fetch();
    const { items } = await response.json();
    await route.fulfill({ response, json: { items: items.slice(0, 1), next_cursor: "more" } });
  });
  await ada.page.reload();
  await ada.isIn("everybody");

  await ada.box.pressSequentially("hey @");
  await expect(ada.page.getByRole("option")).toHaveText(["Ada Lovelace@ada"]);
  await ada.box.pressSequentially("torv");
  await expect(ada.page.getByRole("option")).toHaveText(["Linus Torvalds@linus"]);
  await ada.box.press("Enter");

  await expect(ada.box).toHaveValue("hey @linus ");
});

test("keys format what is selected, and undo knows of it", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("release-train");

  await ada.box.fill("bold");
  await ada.box.press("ControlOrMeta+a");
  await ada.box.press("ControlOrMeta+b");
  await expect(ada.box).toHaveValue("**bold**");
  await ada.box.press("ControlOrMeta+z");
  await expect(ada.box).toHaveValue("bold");
});

test("pasted code may become a code block", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("release-train");
  await ada.box.evaluate((box) => {
    const data = new DataTransfer();
    data.setData("text/plain", "fn main() {\n  run();\n}");
    box.focus();
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    document.execCommand("insertText", false, data.getData("text/plain"));
  });

  await ada.page.getByRole("button", { name: "Format as code block" }).click();

  await expect(ada.box).toHaveValue("```\nfn main() {\n  run();\n}\n```\n");
});

test("the picker finds an emoji by its name, from this server only", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("release-train");
  const found = troubles(ada.page);
  const foreign: string[] = [];
  ada.page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(ada.page.url()).origin) foreign.push(request.url());
  });

  await ada.page.getByRole("button", { name: "Insert emoji" }).click();
  await ada.page.getByLabel("Search emoji").fill("rocket");
  await expect(ada.page.getByRole("gridcell", { name: /rocket/i }).first()).toBeVisible();
  await expectAccessible(ada.page);
  await ada.page.getByRole("gridcell", { name: "Rocket" }).click();

  await expect(ada.box).toHaveValue("🚀");
  expect([foreign, found]).toEqual([[], []]);
});

test("one sees that the other is online and types", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await ada.createsRoom("release-train");
  await linus.joins("release-train");
  await ada.page.getByRole("button", { name: "Show members" }).click();

  await expect(ada.page.getByRole("complementary").getByRole("img", { name: "Online" })).not.toHaveCount(0);
  await linus.box.pressSequentially("thinking");
  await expect(ada.page.getByText("Linus Torvalds is typing…")).toBeVisible();
  await linus.box.press("Enter");

  await expect(ada.message("thinking")).toBeVisible();
  await expect(ada.page.getByText("is typing…")).toHaveCount(0);
});

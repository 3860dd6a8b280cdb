import type { Person } from "./support/person";
import { expect, test } from "./support/test";

async function twoInARoom(arrives: (name: string) => Promise<Person>) {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("release-train");
  await linus.joins("release-train");
  return { ada, linus, roomId };
}

test("an edit from the empty message box reaches the other, who can read what it said before", async ({
  arrives,
}) => {
  const { ada, linus } = await twoInARoom(arrives);
  await ada.writes("helo there");
  await expect(ada.message("helo there")).not.toHaveAttribute("data-state");

  await ada.box.press("ArrowUp");
  const editor = ada.page.getByRole("textbox", { name: "Edit message" });
  await editor.press("Escape");
  await expect(editor).toHaveCount(0);
  await expect(ada.box).toBeFocused();
  await ada.box.press("ArrowUp");
  await editor.fill("hello there");
  await editor.press("Enter");

  await expect(linus.message("hello there")).toBeVisible();
  await linus.message("hello there").getByRole("button", { name: "(edited)" }).click();
  await expect(linus.page.getByRole("dialog").getByText("helo there")).toBeVisible();
});

test("a deletion can be taken back, and else is for everybody", async ({ arrives }) => {
  const { ada, linus } = await twoInARoom(arrives);
  await ada.writes("keep me", "not me");
  const remove = async (text: string) => {
    await ada.message(text).hover();
    await ada.message(text).getByRole("button", { name: "More actions" }).click();
    await ada.page.getByRole("menuitem", { name: /Delete/ }).click();
  };

  await remove("keep me");
  await expect(ada.message("keep me")).toHaveCount(0);
  await ada.page.getByRole("button", { name: "Undo" }).click();
  await expect(ada.message("keep me")).toBeVisible();
  await remove("not me");

  await expect(linus.message("not me")).toHaveCount(0, { timeout: 15_000 });
  await expect(linus.message("This message was deleted.")).toBeVisible();
  await expect(linus.message("keep me")).toBeVisible();
});

test("two react with the same emoji, and one takes it back", async ({ arrives }) => {
  const { ada, linus } = await twoInARoom(arrives);
  await ada.writes("shipped");

  await linus.message("shipped").hover();
  await linus.message("shipped").getByRole("button", { name: "React with 🎉" }).click();
  await ada.message("shipped").getByRole("button", { name: "🎉, 1 reaction" }).click();
  const both = linus.message("shipped").getByRole("button", { name: "🎉, 2 reactions" });
  await expect(both).toHaveAttribute("aria-pressed", "true");
  await both.hover();
  await expect(linus.page.getByText("You and Ada Lovelace")).toBeVisible();
  await both.click();

  await expect(ada.message("shipped").getByRole("button", { name: "🎉, 1 reaction" })).toBeVisible();
});

test("what is done without a network is done when it is back", async ({ arrives }) => {
  const { ada, linus } = await twoInARoom(arrives);
  await ada.writes("draft of the plan");
  await expect(linus.message("draft of the plan")).toBeVisible();
  await expect(ada.message("draft of the plan")).not.toHaveAttribute("data-state");
  await ada.page.context().setOffline(true);

  await ada.message("draft of the plan").hover();
  await ada.message("draft of the plan").getByRole("button", { name: "React with 👍" }).click();
  await ada.box.press("ArrowUp");
  await ada.page.getByRole("textbox", { name: "Edit message" }).fill("the plan");
  await ada.page.keyboard.press("Enter");
  await expect(ada.message("the plan").getByRole("button", { name: "👍, 1 reaction" })).toBeVisible();
  await ada.page.context().setOffline(false);

  await expect(linus.message("the plan").getByRole("button", { name: "👍, 1 reaction" })).toBeVisible();
  await expect(linus.message("draft of the plan")).toHaveCount(0);
});

test("an answer quotes what it answers, and the quote leads there", async ({ arrives }) => {
  const { ada, linus, roomId } = await twoInARoom(arrives);
  await ada.writes("who has the key?");
  for (let index = 0; index < 30; index += 1) await ada.api.post(roomId, `noise ${index}`);
  await expect(linus.message("noise 29")).toBeVisible();
  await linus.message("who has the key?").hover();
  await linus.message("who has the key?").getByRole("button", { name: "Reply" }).click();
  await expect(linus.page.getByText("Replying to")).toBeVisible();
  await linus.writes("I have");

  const quote = ada.message("I have").getByRole("button", { name: /Ada Lovelace.*who has the key/ });
  await quote.click();
  await expect(ada.message("who has the key?").first()).toBeInViewport();
  await expect(ada.message("who has the key?").first()).toHaveAttribute("data-lit");
});

test("a link to an old message shows it among its neighbours, and reading on reaches the end", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("long-story");
  for (let index = 1; index <= 320; index += 1) await ada.api.post(roomId, `part ${index}.`);
  await ada.page.goto("/browse");

  await ada.page.goto(`/r/${roomId}?m=20`);
  const bar = ada.page.getByText("You are reading older messages.");
  await expect(bar).toBeVisible();
  const lit = ada.page.locator("article[data-lit]");
  await expect(lit).toBeInViewport();
  await expect(lit).toBeFocused();
  await expect(ada.message("part 320.")).toHaveCount(0);
  expect(await ada.page.locator("[data-row]").count()).toBeLessThanOrEqual(60);
  await ada.page.getByRole("button", { name: "Jump to latest" }).click();
  await expect(ada.message("part 320.")).toBeInViewport();
  await expect(bar).toHaveCount(0);
  expect(new URL(ada.page.url()).search).toBe("");

  await ada.page.goto(`/r/${roomId}?m=150`);
  await expect(lit).toBeInViewport();
  await expect(bar).toBeVisible();
  await ada.page.getByRole("log").hover();
  await expect(async () => {
    await ada.page.mouse.wheel(0, 2_000);
    await expect(ada.message("part 320.")).toBeInViewport({ timeout: 200 });
  }).toPass();
  await expect(bar).toHaveCount(0);
  await expect(ada.message("part 310.")).toBeInViewport();

  await ada.page.goto(`/r/${roomId}?m=280`);
  await expect(lit).toBeInViewport();
  await expect(bar).toHaveCount(0);
});

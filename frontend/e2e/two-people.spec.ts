import { expect, test } from "./support/test";

const numbered = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);

test("two people chat, and one who was away gets what was missed, once and in order", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await ada.createsRoom("release-train");
  await linus.joins("release-train");

  await ada.writes("hello linus");
  await expect(linus.message("hello linus")).toBeVisible();
  await linus.writes("hello ada");
  await expect(ada.message("hello ada")).toBeVisible();
  await expect(ada.page.getByText("Linus Torvalds joined")).toBeVisible();

  await ada.page.context().setOffline(true);
  await expect(ada.page.getByText("You’re offline.")).toBeVisible();
  const missed = numbered(60, "missed");
  await linus.writes(...missed);
  await expect(linus.message("missed 60")).toBeVisible();
  await expect(linus.page.locator("article[data-state]")).toHaveCount(0);
  await expect(ada.message("missed 1")).toHaveCount(0);
  await ada.writes("typed on a plane");
  await expect(ada.page.getByText("Waiting for connection")).toBeVisible();

  await ada.page.context().setOffline(false);
  await expect(ada.message("typed on a plane")).toBeVisible();
  await expect(ada.page.getByText("Waiting for connection")).toHaveCount(0);

  const all = ["hello linus", "hello ada", ...missed, "typed on a plane"];
  await expect(linus.message("typed on a plane")).toBeVisible();
  expect(await ada.readsAll()).toEqual(all);
  expect(await linus.readsAll()).toEqual(all);
});

test("what happens in another room is counted until it is read", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await ada.createsRoom("release-train");
  await linus.joins("release-train");
  await ada.createsRoom("elsewhere");
  const link = ada.page.getByRole("link", { name: /release-train/ });

  await linus.writes("one", "two for @ada");

  await expect(link).toHaveAccessibleName(/1 mention, ?2 unread/);
  await expect(ada.page).toHaveTitle("(1) # elsewhere – DevsChat");
  await link.click();
  await expect(ada.page.getByRole("separator", { name: "New messages" })).toBeVisible();
  await expect(link).toHaveAccessibleName("release-train");
  await ada.page.reload();
  await ada.isIn("release-train");
  await expect(link).toHaveAccessibleName("release-train");
});

test("somebody added to a private room sees it at once, and loses it on leaving", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await ada.createsRoom("secret-plans");
  await ada.page.getByRole("button", { name: "Show members" }).click();

  await ada.page.getByLabel("Add people").fill("linus");
  await ada.page.getByRole("button", { name: /Linus Torvalds/ }).click();
  await linus.page.getByRole("link", { name: /secret-plans/ }).click();
  await linus.isIn("secret-plans");
  await linus.page.getByRole("button", { name: "Room menu" }).click();
  await linus.page.getByRole("menuitem", { name: /Leave room/ }).click();
  await linus.page.getByRole("button", { name: "Leave room", exact: true }).click();

  await expect(linus.page.getByRole("link", { name: /secret-plans/ })).toHaveCount(0);
  await expect(ada.page.getByText("Linus Torvalds left")).toBeVisible();
});

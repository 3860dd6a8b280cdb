import { expect, test } from "./support/test";

test("an owner makes somebody admin, who then changes the room for everybody", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("release-train");
  await linus.joins("release-train");

  await linus.page.goto(`/r/${roomId}/settings/general`);
  await expect(linus.page.getByLabel("Topic")).toBeDisabled();
  await ada.page.goto(`/r/${roomId}/settings/members`);
  await ada.page.getByLabel("Role of Linus Torvalds").selectOption("admin");
  await expect(ada.page.getByText("Linus Torvalds is now an admin")).toBeVisible();
  await linus.page.getByLabel("Topic").fill("All aboard");
  await linus.page.getByLabel("Topic").press("Enter");
  await expect(linus.page.getByText("Saved")).toBeVisible();
  await linus.page.getByRole("button", { name: "Undo Topic" }).click();
  await expect(linus.page.getByLabel("Topic")).toHaveValue("");
  await linus.page.getByLabel("Topic").fill("All aboard");
  await linus.page.getByLabel("Topic").press("Tab");
  await linus.page.getByRole("switch", { name: "Slow mode" }).click();

  await expect(linus.page.getByRole("switch", { name: "Slow mode" })).toBeChecked();
  await ada.page.goto(`/r/${roomId}`);
  await expect(ada.page.getByText("All aboard").first()).toBeVisible();
});

test("an archived room is read only for all, until it is taken out again", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("old-times");
  await linus.joins("old-times");

  await ada.page.goto(`/r/${roomId}/settings/danger`);
  await ada.page.getByRole("button", { name: "Archive room" }).click();
  await expect(linus.page.getByText("Archived: it can be read")).toBeVisible();
  await expect(linus.page.getByRole("main").getByText(/read, not written in|Nobody can write/)).toHaveCount(
    1,
  );
  await expect(linus.box).toHaveCount(0);
  await expect(linus.page.getByRole("button", { name: "Unarchive" })).toHaveCount(0);
  await expect(linus.page.getByRole("navigation", { name: "Rooms" }).getByText("Archived")).toBeVisible();
  await ada.page.goto(`/r/${roomId}`);
  await ada.page.getByRole("button", { name: "Unarchive" }).click();

  await linus.writes("we are back");
  await expect(ada.message("we are back")).toBeVisible();
});

test("somebody who is removed is told, and a deleted room is gone for everybody", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const grace = await arrives("grace");
  const roomId = await ada.createsRoom("short-lived");
  await linus.joins("short-lived");
  await grace.joins("short-lived");

  await ada.page.goto(`/r/${roomId}/settings/members`);
  await ada.page.getByRole("button", { name: "Remove Linus Torvalds" }).click();
  await ada.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(linus.page.getByText("You are no longer in #short-lived")).toBeVisible();
  await ada.page.goto(`/r/${roomId}/settings/danger`);
  await ada.page.getByRole("button", { name: "Delete room…" }).click();
  const dialog = ada.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Delete room" }).click();
  await expect(dialog.getByLabel(/to confirm/)).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel(/to confirm/).fill("short-lived");
  await dialog.getByRole("button", { name: "Delete room" }).click();

  await expect(grace.page.getByText("#short-lived was deleted")).toBeVisible();
  await expect(ada.page.getByRole("heading", { level: 1, name: "Browse rooms" })).toBeVisible();
  await expect(ada.page.getByRole("link", { name: "short-lived" })).toHaveCount(0);
});

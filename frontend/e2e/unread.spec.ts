import type { Person } from "./support/person";
import { expect, test } from "./support/test";

/** Linus is in Ada's room, has read all of it, and looks elsewhere while she goes on. */
async function missesNews(ada: Person, linus: Person, count: number): Promise<string> {
  const roomId = await ada.createsRoom("busy");
  for (let line = 1; line <= 40; line += 1) await ada.api.post(roomId, `known ${line}.`);
  await linus.joins("busy");
  await expect(linus.message("known 40.")).toBeInViewport();
  await linus.page.goto("/browse");
  for (let line = 1; line <= count; line += 1) await ada.api.post(roomId, `news ${line}.`);
  await expect(roomLink(linus)).toHaveAccessibleName(/unread/);
  return roomId;
}

const roomLink = ({ page }: Person) =>
  page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: /busy/ });
const newLine = ({ page }: Person) => page.getByRole("separator", { name: "New messages" });

for (const [where, count] of [
  ["what a page holds", 45],
  ["further up than what is loaded first", 130],
] as const) {
  test(`a room opens at the first unread message, ${where}`, async ({ arrives }) => {
    const ada = await arrives("ada");
    const linus = await arrives("linus");
    await missesNews(ada, linus, count);

    await roomLink(linus).click();

    await expect(newLine(linus)).toBeInViewport();
    await expect(linus.message("news 1.")).toBeInViewport();
    await expect(linus.message(`news ${count}.`)).not.toBeInViewport();
    await expect(roomLink(linus)).toHaveAccessibleName(/unread/);

    await linus.page.getByRole("button", { name: /\d+ new|Jump to latest/ }).click();
    await expect(linus.message(`news ${count}.`)).toBeInViewport();
    await expect(roomLink(linus)).toHaveAccessibleName("busy");
  });
}

test("a room whose unread messages fit on the screen opens at its end, and stays there", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await missesNews(ada, linus, 3);

  await roomLink(linus).click();
  await expect(linus.message("news 3.")).toBeInViewport();
  await expect(newLine(linus)).toBeInViewport();
  for (let line = 4; line <= 30; line += 1) await ada.api.post(roomId, `news ${line}.`);

  await expect(linus.message("news 30.")).toBeInViewport();
});

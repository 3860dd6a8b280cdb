import type { Page } from "@playwright/test";
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
/** The last seq of each `read` frame that this page sends. */
function marksSentBy(page: Page): number[] {
  const marks: number[] = [];
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const { type, seq } = JSON.parse(String(payload));
      if (type === "read") marks.push(seq);
    }),
  );
  return marks;
}

/** The other device of somebody, where no room is open. */
async function alsoLooksElsewhere(person: Person): Promise<Person> {
  const phone = await person.inAnotherTab();
  await phone.page.goto("/browse");
  return phone;
}

async function marksUnread(person: Person, body: string) {
  await person.message(body).hover();
  await person.page.getByRole("button", { name: "More actions" }).click();
  await person.page.getByRole("menuitem", { name: "Mark unread from here" }).click();
}

/** The "New" line stands between these two. */
async function expectNewBetween(person: Person, above: string, below: string) {
  const top = async (of: ReturnType<typeof newLine>) => (await of.boundingBox())?.y ?? Number.NaN;
  await expect(async () => {
    const line = await top(newLine(person));
    expect(await top(person.message(above))).toBeLessThan(line);
    expect(await top(person.message(below))).toBeGreaterThan(line);
  }).toPass();
}

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

test("what is marked unread stays so while the room is open, on the other device too, and is read when it is opened again", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await linus.page.clock.install();
  const marks = marksSentBy(linus.page);
  const roomId = await missesNews(ada, linus, 3);
  await roomLink(linus).click();
  await expect(roomLink(linus)).toHaveAccessibleName("busy");
  const phone = await alsoLooksElsewhere(linus);
  await expect(roomLink(phone)).toHaveAccessibleName("busy");
  const sentBefore = marks.length;
  expect(sentBefore).toBeGreaterThan(0);

  await marksUnread(linus, "news 2.");
  await expect(roomLink(linus)).toHaveAccessibleName("busy 2 unread");
  await expect(roomLink(phone)).toHaveAccessibleName("busy 2 unread");
  await expectNewBetween(linus, "news 1.", "news 2.");

  await ada.api.post(roomId, "news 4.");
  await expect(linus.message("news 4.")).toBeInViewport();
  await linus.page.clock.fastForward(2_000); // it was seen
  await linus.page.clock.fastForward(4_000); // and would have been sent
  await expect(roomLink(linus)).toHaveAccessibleName("busy 3 unread");
  await expect(roomLink(phone)).toHaveAccessibleName("busy 3 unread");
  expect(marks).toHaveLength(sentBefore);

  await linus.page.getByRole("link", { name: "Browse rooms" }).first().click();
  await roomLink(linus).click();
  await expectNewBetween(linus, "news 1.", "news 2.");
  await expect(roomLink(linus)).toHaveAccessibleName("busy");
  await expect(roomLink(phone)).toHaveAccessibleName("busy");
});

test("writing in a room where something was marked unread says that one has caught up", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await missesNews(ada, linus, 3);
  await roomLink(linus).click();
  await expect(roomLink(linus)).toHaveAccessibleName("busy");
  const phone = await alsoLooksElsewhere(linus);
  await linus.page.bringToFront();
  await marksUnread(linus, "news 2.");
  await expect(roomLink(phone)).toHaveAccessibleName("busy 2 unread");

  await linus.writes("sorry, I see it now");

  await expect(roomLink(linus)).toHaveAccessibleName("busy");
  await expect(roomLink(phone)).toHaveAccessibleName("busy");
  await expectNewBetween(linus, "news 1.", "news 2.");
});

test("by the keyboard, a message is marked unread with u, and without a network it is not", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await missesNews(ada, linus, 3);
  const { page } = linus;
  await roomLink(linus).click();
  await expect(roomLink(linus)).toHaveAccessibleName("busy");

  await page.getByRole("log").focus();
  await page.keyboard.press("End");
  await expect(linus.message("news 3.")).toBeFocused();
  await page.keyboard.press("u");
  await expect(roomLink(linus)).toHaveAccessibleName("busy 1 unread");

  await page.context().setOffline(true);
  await page.keyboard.press("k");
  await expect(linus.message("news 2.")).toBeFocused();
  await page.keyboard.press("u");
  await expect(page.getByRole("alert")).toContainText("Not marked unread. Can’t reach the server.");
  await expect(roomLink(linus)).toHaveAccessibleName("busy 1 unread");
  await page.context().setOffline(false);
});

test("marking all rooms as read is undone from the keyboard, on the other device too", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await missesNews(ada, linus, 5);
  const quietId = await ada.createsRoom("quiet");
  await linus.page.goto("/browse");
  await linus.joins("quiet");
  await linus.page.goto("/browse");
  await ada.api.post(quietId, "@linus are you there?");
  const quiet = linus.page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: /quiet/ });
  await expect(quiet).toHaveAccessibleName("quiet 1 mention");
  const phone = await alsoLooksElsewhere(linus);

  await linus.page.keyboard.press("Shift+Escape");
  await expect(linus.page.getByRole("status").getByText("2 rooms marked as read")).toBeVisible();
  await expect(roomLink(linus)).toHaveAccessibleName("busy");
  await expect(quiet).toHaveAccessibleName("quiet");
  await expect(roomLink(phone)).toHaveAccessibleName("busy");

  await linus.page.keyboard.press("Shift+F6");
  await expect(linus.page.getByRole("button", { name: "Undo" })).toBeFocused();
  await linus.page.keyboard.press("Enter");
  await expect(roomLink(linus)).toHaveAccessibleName("busy 5 unread");
  await expect(quiet).toHaveAccessibleName("quiet 1 mention");
  await expect(roomLink(phone)).toHaveAccessibleName("busy 5 unread");
});

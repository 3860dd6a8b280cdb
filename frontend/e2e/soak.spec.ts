import type { Page } from "@playwright/test";
import { heldAfterCollection } from "./support/memory";
import type { Person } from "./support/person";
import { driftOverLoads, watchEnd } from "./support/scrolling";
import { expect, test } from "./support/test";

/** More than are held at once. */
const ROOMS = 14;
const MESSAGES = 110;
const SWITCHES = 50;
const EARLY_SWITCHES = 10;
const MOST_ROWS = 60;
/** Less than if each switch left one listener, two rows or a hundred messages behind. */
const MOST_MORE = { heapBytes: 5 * 2 ** 20, nodes: 1_000, listeners: 30 };

test.use({
  serverEnv: {
    DEVSCHAT_LIMIT_MESSAGES: "off",
    DEVSCHAT_LIMIT_FRAMES: "off",
    DEVSCHAT_LIMIT_REQUESTS: "off",
  },
});

const rowsInDocument = (page: Page) =>
  page
    .getByRole("log")
    .evaluate((list) => Math.max(...[...list.children].map((part) => part.childElementCount)));

/** Goes there, reads the newest, and turns the wheel until older messages came. */
async function reads(ada: Person, name: string, newest: string): Promise<number> {
  await ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name }).click();
  await ada.isIn(name);
  await expect(ada.message(newest)).toBeInViewport();
  const atEnd = await rowsInDocument(ada.page);
  await ada.page.getByRole("log").evaluate(async (list) => {
    const heightBefore = list.scrollHeight;
    while (list.scrollHeight === heightBefore) {
      list.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
      list.scrollTop = 200;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  return Math.max(atEnd, await rowsInDocument(ada.page));
}

test("fifty switches between busy rooms leave nothing behind", async ({ arrives, visitor }) => {
  test.setTimeout(120_000);
  const ada = await arrives("ada");
  await visitor.goto("/login");
  const rooms: { name: string; roomId: string }[] = [];
  for (let count = 1; count <= ROOMS; count += 1) {
    const name = `room-${String(count).padStart(2, "0")}`;
    const roomId = await ada.api.createRoom({ name, visibility: "public" });
    await ada.api.postLines(visitor, roomId, MESSAGES);
    rooms.push({ name, roomId });
  }
  await visitor.close();
  await ada.page.goto("/browse");
  let mostRows = 0;
  const switches = async (first: number, last: number) => {
    for (let count = first; count <= last; count += 1) {
      const { name, roomId } = rooms[count % ROOMS] as (typeof rooms)[number];
      await Promise.all(rooms.map((room) => ada.api.post(room.roomId, `news ${count}.`)));
      mostRows = Math.max(mostRows, await reads(ada, name, `news ${count}.`));
      await ada.api.post(roomId, "more of it, while somebody reads.");
    }
  };

  await switches(1, EARLY_SWITCHES);
  const early = await heldAfterCollection(ada.page);
  await switches(EARLY_SWITCHES + 1, SWITCHES);
  const late = await heldAfterCollection(ada.page);

  expect(mostRows).toBeLessThanOrEqual(MOST_ROWS);
  expect(late.heapBytes - early.heapBytes).toBeLessThan(MOST_MORE.heapBytes);
  expect(late.nodes - early.nodes).toBeLessThan(MOST_MORE.nodes);
  expect(late.listeners - early.listeners).toBeLessThan(MOST_MORE.listeners);
});

test("a room that is looked at for long holds its newest two thousand messages", async ({
  arrives,
  visitor,
}) => {
  test.setTimeout(120_000);
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("ticker");
  await visitor.goto("/login");
  const height = () => ada.page.getByRole("log").evaluate((list) => list.scrollHeight);
  await ada.api.postLines(visitor, roomId, 2_000);
  await expect(ada.message("line 2000.")).toBeInViewport();
  const heightOf2000 = await height();
  const farthestPx = await watchEnd(ada.page);

  await ada.api.postLines(visitor, roomId, 2_000);
  await ada.api.post(roomId, "the last of all");
  await expect(ada.message("the last of all")).toBeInViewport();

  expect(await farthestPx()).toBeLessThanOrEqual(1);
  expect(await height()).toBeLessThan(heightOf2000 * 1.25);
  expect(await driftOverLoads(ada.page, 2)).toEqual({ worstPx: 0, loads: 2 });
});

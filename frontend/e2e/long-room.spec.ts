import type { Page } from "@playwright/test";
import type { Person } from "./support/person";
import { driftOverLoads, watchLines } from "./support/scrolling";
import { expect, test } from "./support/test";

const LINES = 20_000;
const MOST_ROWS = 150;

test.use({
  serverEnv: {
    DEVSCHAT_LIMIT_MESSAGES: "off",
    DEVSCHAT_LIMIT_FRAMES: "off",
    DEVSCHAT_LIMIT_REQUESTS: "off",
  },
});

/** In a room of that many numbered lines, at its end. */
async function opensLongRoom(ada: Person, visitor: Page, lines = LINES): Promise<string> {
  const roomId = await ada.createsRoom("long-story");
  await ada.page.goto("/browse");
  await visitor.goto("/login");
  await ada.api.postLines(visitor, roomId, lines);
  await ada.page.goto(`/r/${roomId}`);
  await ada.isIn("long-story");
  return roomId;
}

/** Turns the wheel, notch by notch, until what is wished for is so. */
async function wheels(ada: Person, notchPx: number, isThere: () => Promise<boolean>) {
  await ada.page.getByRole("log").hover();
  await expect
    .poll(
      async () => {
        for (let notches = 0; notches < 5; notches += 1) await ada.page.mouse.wheel(0, notchPx);
        return isThere();
      },
      { intervals: [16], timeout: 40_000 },
    )
    .toBe(true);
}

const isAtEnd = (ada: Person) => () =>
  ada.page.getByRole("log").evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 1);

test("a room of 20,000 messages opens at its end and scrolls both ways without a gap or a jump", async ({
  arrives,
  visitor,
}) => {
  test.setTimeout(120_000);
  const ada = await arrives("ada");
  await opensLongRoom(ada, visitor);
  await expect(ada.message(`line ${LINES}.`)).toBeInViewport();

  const seen = await watchLines(ada.page);
  await wheels(ada, -300, async () => (await seen()).first <= LINES - 400);
  await wheels(ada, 300, isAtEnd(ada));
  await expect(ada.message(`line ${LINES}.`)).toBeInViewport();
  const all = await seen();

  expect(all).toMatchObject({ broken: null, last: LINES, missing: 0 });
  expect(all.mostRows).toBeLessThan(MOST_ROWS);
  expect(await driftOverLoads(ada.page, 3)).toEqual({ worstPx: 0, loads: 3 });
});

test("its list is paged through with the keyboard, too", async ({ arrives, visitor }) => {
  test.setTimeout(120_000);
  const ada = await arrives("ada");
  await opensLongRoom(ada, visitor);
  await expect(ada.message(`line ${LINES}.`)).toBeInViewport();
  const seen = await watchLines(ada.page);
  await ada.page.getByRole("log").focus();
  const pages = (key: string, isThere: () => Promise<boolean>) =>
    expect
      .poll(() => ada.page.keyboard.press(key).then(isThere), { intervals: [50], timeout: 40_000 })
      .toBe(true);

  await pages("PageUp", async () => (await seen()).first <= LINES - 150);
  await pages("PageDown", isAtEnd(ada));
  await expect(ada.message(`line ${LINES}.`)).toBeInViewport();

  expect(await seen()).toMatchObject({ broken: null, last: LINES, missing: 0 });
});

test("a link into its deep past opens there, goes on both ways, and one jump leads back", async ({
  arrives,
  visitor,
}) => {
  test.setTimeout(120_000);
  const ada = await arrives("ada");
  const roomId = await opensLongRoom(ada, visitor);
  const [, target] = await ada.api.around(roomId, 5_000);
  const line = Number(/line (\d+)/.exec(target?.body ?? "")?.[1]);

  await ada.page.goto(`/r/${roomId}?m=${target?.seq}`);
  await expect(ada.message(`line ${line}.`)).toBeInViewport();
  await expect(ada.message(`line ${line}.`)).toBeFocused();
  await ada.page.getByRole("log").focus();
  const seen = await watchLines(ada.page);
  await wheels(ada, -300, async () => (await seen()).first <= line - 120);
  await wheels(ada, 300, async () => (await seen()).last >= line + 120);

  expect(await seen()).toMatchObject({ missing: 0 });
  await ada.page.getByRole("button", { name: "Jump to latest" }).click();
  await expect(ada.message(`line ${LINES}.`)).toBeInViewport();
  expect(ada.page.url()).not.toContain("m=");
});

test("Home leads to a room's very first message and End to its latest, wherever the list stands", async ({
  arrives,
  visitor,
}) => {
  const lines = 600;
  const ada = await arrives("ada");
  await opensLongRoom(ada, visitor, lines);
  await expect(ada.message(`line ${lines}.`)).toBeInViewport();
  await ada.page.getByRole("log").focus();

  for (let round = 0; round < 2; round += 1) {
    await ada.page.keyboard.press("Home");
    await expect(ada.message("line 1.")).toBeFocused();
    await expect(ada.message("line 1.")).toBeInViewport();
    await ada.page.keyboard.press("j");
    await expect(ada.message("line 2.")).toBeFocused();

    await ada.page.keyboard.press("End");
    await expect(ada.message(`line ${lines}.`)).toBeFocused();
    await expect(ada.message(`line ${lines}.`)).toBeInViewport();
    expect(ada.page.url()).not.toContain("m=");
  }
});

import type { Page } from "@playwright/test";
import { driftOverLoads, watchEnd } from "../../frontend/e2e/support/scrolling";
import { expect } from "../../frontend/e2e/support/test";
import { p95, slowDown, test } from "./support/figure";
import { opensLongRoom } from "./support/long-room";

const WHEEL_PX = 24_000;
const WHEEL_PX_A_SECOND = 4_000;
const FRAME_BUDGETS_MS = { 1: 17, 4: 67 } as const;
const ROWS_BUDGET = 60;
const LOADS = 5;
const ARRIVALS = 40;

/** Notes each frame from now on: how long it took; once it was painted, how many rows there were. */
async function watchFrames(page: Page) {
  const watch = await page.getByRole("log").evaluateHandle((list) => {
    const seen = { frames: [] as number[], mostRows: 0, isOver: false };
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      const rows = Math.max(...[...list.children].map((part) => part.childElementCount));
      seen.mostRows = Math.max(seen.mostRows, rows);
    };
    let before: number | null = null;
    const look = (now: number) => {
      if (before !== null) seen.frames.push(now - before);
      before = now;
      painted.port2.postMessage(null);
      if (!seen.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return seen;
  });
  return () =>
    watch.evaluate((seen) => {
      seen.isOver = true;
      return seen;
    });
}

/** Turned by the browser itself, so that whoever drives it doesn't set the pace. */
async function wheel(page: Page, px: number) {
  const box = await page.getByRole("log").boundingBox();
  if (!box) throw new Error("no list");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.synthesizeScrollGesture", {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: px,
    speed: WHEEL_PX_A_SECOND,
    gestureSourceType: "mouse",
    preventFling: true,
  });
}

test("frames under the wheel, in a room of 10,000 messages", async ({ arrives, visitor, note }) => {
  const ada = await arrives("ada");
  await opensLongRoom(ada, visitor);
  let mostRows = 0;

  for (const slowdown of [1, 4] as const) {
    await slowDown(ada, slowdown);
    const seen = await watchFrames(ada.page);
    await wheel(ada.page, WHEEL_PX);
    const { frames, ...rest } = await seen();
    mostRows = Math.max(mostRows, rest.mostRows);
    const budget = FRAME_BUDGETS_MS[slowdown];
    await note(p95({ what: "frame under the wheel", slowdown, unit: "ms", budget }, frames));
  }

  await note({
    what: "rows in the document",
    slowdown: 1,
    unit: "rows",
    budget: ROWS_BUDGET,
    found: mostRows,
  });
});

test("what one reads while older messages come in front", async ({ arrives, visitor, note }) => {
  const ada = await arrives("ada");
  await opensLongRoom(ada, visitor);

  const { worstPx, loads } = await driftOverLoads(ada.page, LOADS);

  expect(loads).toBe(LOADS);
  await note({ what: "drift over a prepended page", slowdown: 1, unit: "px", budget: 0, found: worstPx });
});

test("the end, while messages arrive", async ({ arrives, visitor, note }) => {
  const ada = await arrives("ada");
  const roomId = await opensLongRoom(ada, visitor);
  const farthestPx = await watchEnd(ada.page);

  for (let count = 1; count <= ARRIVALS; count += 1) {
    const block = count % 4 === 0 ? "\n```rust\nlet x = 1;\nlet y = 2;\n```" : "";
    await ada.api.post(roomId, `arrival ${count}.${block}`);
  }
  await expect(ada.message(`arrival ${ARRIVALS}.`)).toBeInViewport();

  const found = await farthestPx();
  await note({ what: "distance to the end while pinned", slowdown: 1, unit: "px", budget: 1, found });
});

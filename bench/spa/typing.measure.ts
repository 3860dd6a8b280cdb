import type { Page } from "@playwright/test";
import { median, p95, slowDown, test } from "./support/figure";
import { opensLongRoom } from "./support/long-room";
import { timeToPaint, watchPaints } from "./support/shown";

const KEYS = 200;
/** No multiple of a frame's 16.7 ms, so that keys fall anywhere between two frames. */
const BETWEEN_KEYS_MS = 43;
const KEY_BUDGETS_MS = { 1: 17, 4: 70 } as const;
const SENDS = 10;
const SEND_BUDGET_MS = 50;

/** From each key on: from when it was pressed to the message that follows its frame. */
function watchKeys(page: Page) {
  return page.evaluateHandle(() => {
    const taken: number[] = [];
    addEventListener(
      "keydown",
      ({ timeStamp }) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => taken.push(performance.now() - timeStamp);
        requestAnimationFrame(() => channel.port2.postMessage(null));
      },
      true,
    );
    return taken;
  });
}

test("from a key to its letter, beside a long room", async ({ arrives, visitor, note }) => {
  const ada = await arrives("ada");
  await opensLongRoom(ada, visitor);
  await ada.box.click();
  const taken = await watchKeys(ada.page);

  for (const slowdown of [1, 4] as const) {
    await slowDown(ada, slowdown);
    await taken.evaluate((taken) => taken.splice(0));
    const text = "the kettle on the nine o'clock train ".repeat(KEYS).slice(0, KEYS);
    await ada.page.keyboard.type(text, { delay: BETWEEN_KEYS_MS });
    const samples = await taken.evaluate((taken) => [...taken]);
    const budget = KEY_BUDGETS_MS[slowdown];
    await note(p95({ what: "key to paint", slowdown, unit: "ms", budget }, samples));
    await ada.box.fill("");
  }
});

test("from Enter to the message in the list", async ({ arrives, visitor, note }) => {
  const ada = await arrives("ada");
  await watchPaints(ada.page);
  await opensLongRoom(ada, visitor);

  const samples: number[] = [];
  for (let count = 1; count <= SENDS; count += 1) {
    const text = `sent as number ${count}.`;
    await ada.box.fill(text);
    samples.push(await timeToPaint(ada.page, text, "keydown", () => ada.box.press("Enter")));
  }

  const rule = {
    what: "Enter to the message in the list",
    slowdown: 1,
    unit: "ms",
    budget: SEND_BUDGET_MS,
  } as const;
  await note(median(rule, samples));
});

import type { Browser, BrowserContextOptions } from "@playwright/test";
import { Person } from "../../frontend/e2e/support/person";
import { median, test } from "./support/figure";
import { watchPaints } from "./support/shown";

const LOADS = 5;
const MESSAGES = 200;
const BUDGETS_MS = { 1: 1_200, 4: 2_500 } as const;

type SignedIn = NonNullable<BrowserContextOptions["storageState"]>;

/**
 * Milliseconds from the navigation's start, in a browser that keeps only who is signed in: no copy of anything, no
 * service worker, an empty cache. A session's cookie counts once, so the next load needs the one of this.
 */
async function load(browser: Browser, url: string, text: string, rate: number, signedIn: SignedIn) {
  const context = await browser.newContext({ storageState: signedIn });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  await watchPaints(page);
  await page.goto(url, { waitUntil: "commit" });
  const ms = await page.evaluate((text) => window.painted(text), text);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.getByRole("textbox", { name: /^Message #/ }).isEnabled();
  const next = await context.storageState();
  await context.close();
  return { ms, next };
}

test("the newest message on a cold load", async ({ browser, server, note }) => {
  const first = await browser.newContext({ baseURL: server.url });
  const ada = await Person.signUp(await first.newPage(), server, "ada");
  const roomId = await ada.createsRoom("kettle");
  await ada.api.postLines(ada.page, roomId, MESSAGES);
  let signedIn: SignedIn = await first.storageState();
  await first.close();

  for (const slowdown of [1, 4] as const) {
    const samples: number[] = [];
    for (let count = 0; count < LOADS; count += 1) {
      const url = `${server.url}/r/${roomId}`;
      const { ms, next } = await load(browser, url, `line ${MESSAGES}.`, slowdown, signedIn);
      samples.push(ms);
      signedIn = next;
    }
    const rule = {
      what: "newest message on a cold load",
      slowdown,
      unit: "ms",
      budget: BUDGETS_MS[slowdown],
    } as const;
    await note(median(rule, samples));
  }
});

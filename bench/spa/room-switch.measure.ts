import type { Page } from "@playwright/test";
import type { Person } from "../../frontend/e2e/support/person";
import { median, test } from "./support/figure";
import { timeToPaint, watchPaints } from "./support/shown";

const ROOMS = 11;
const MESSAGES = 60;
const LATENCY_MS = 100;
const CACHED_BUDGET_MS = 50;
const UNCACHED_BUDGET_MS = 100;

const names = Array.from({ length: ROOMS }, (_, index) => `room-${String(index + 1).padStart(2, "0")}`);

/** Each with its messages, the newest of which names the room. */
async function furnish(ada: Person, visitor: Page) {
  await visitor.goto("/login");
  for (const name of names) {
    const roomId = await ada.api.createRoom({ name, visibility: "public" });
    await ada.api.postLines(visitor, roomId, MESSAGES - 1);
    await ada.api.post(roomId, `the newest of ${name}`);
  }
}

const switchTo = (ada: Person, name: string) =>
  timeToPaint(ada.page, `the newest of ${name}`, "click", () =>
    ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name }).click(),
  );

/** What a request and its answer take on the way, as the page sees it. */
async function roundTrip(page: Page): Promise<number> {
  const samples = await page.evaluate(async () => {
    const taken: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const began = performance.now();
      await fetch("/readyz", { cache: "no-store" });
      taken.push(performance.now() - began);
    }
    return taken.toSorted((one, other) => one - other);
  });
  return samples[2] ?? Number.NaN;
}

test("from a click on a room to its newest message", async ({ arrives, visitor, note }) => {
  const ada = await arrives("ada");
  await furnish(ada, visitor);
  await visitor.close();
  await watchPaints(ada.page);
  await ada.page.goto("/browse");
  const network = await ada.page.context().newCDPSession(ada.page);
  const conditions = { offline: false, downloadThroughput: -1, uploadThroughput: -1 };
  await network.send("Network.enable");
  await network.send("Network.emulateNetworkConditions", { ...conditions, latency: LATENCY_MS });
  const roundTripMs = await roundTrip(ada.page);

  // The first brings the page's own code along, and the list's.
  await switchTo(ada, names[0] ?? "");
  const uncached: number[] = [];
  for (const name of names.slice(1)) uncached.push(await switchTo(ada, name));
  const cached: number[] = [];
  for (const name of names) cached.push(await switchTo(ada, name));

  const what = `switch to a room not loaded, with round trips of ${roundTripMs.toFixed(0)} ms`;
  const budget = roundTripMs + UNCACHED_BUDGET_MS;
  await note(median({ what, slowdown: 1, unit: "ms", budget }, uncached));
  const held = {
    what: "switch to a room that is held",
    slowdown: 1,
    unit: "ms",
    budget: CACHED_BUDGET_MS,
  } as const;
  await note(median(held, cached));
});

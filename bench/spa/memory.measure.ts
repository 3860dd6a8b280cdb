import { heldAfterCollection } from "../../frontend/e2e/support/memory";
import type { Person } from "../../frontend/e2e/support/person";
import { test } from "./support/figure";

const ROOMS = 25;
const MESSAGES = 500;
const SWITCHES = 50;
const EARLY_SWITCHES = 10;
const HEAP_BUDGET_MB = 150;
/** One screen of rows. What is lost at every switch would be forty screens. */
const NODES_BUDGET = 1_000;

async function reads(ada: Person, name: string) {
  await ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name }).click();
  await ada.isIn(name);
  await ada.page.getByRole("log").evaluate(async (list) => {
    while (!list.textContent?.includes("This is the start of")) {
      list.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
      list.scrollTop = 0;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

test("memory after 50 switches between rooms of 500 messages", async ({ arrives, visitor, note }) => {
  const ada = await arrives("ada");
  const names = Array.from({ length: ROOMS }, (_, index) => `room-${String(index + 1).padStart(2, "0")}`);
  await visitor.goto("/login");
  for (const name of names) {
    const roomId = await ada.api.createRoom({ name, visibility: "public" });
    await ada.api.postLines(visitor, roomId, MESSAGES);
  }
  await visitor.close();
  await ada.page.goto("/browse");

  // The room that is shown is the same at both moments.
  const route = [...names, ...names].slice(0, SWITCHES - 1);
  const early = route.slice(0, EARLY_SWITCHES - 1);
  for (const name of early) await reads(ada, name);
  await reads(ada, names.at(-1) ?? "");
  const before = await heldAfterCollection(ada.page);
  for (const name of route.slice(early.length, -1)) await reads(ada, name);
  await reads(ada, names.at(-1) ?? "");
  const after = await heldAfterCollection(ada.page);

  const heap = { what: "heap after 50 switches", slowdown: 1, unit: "MB", budget: HEAP_BUDGET_MB } as const;
  await note({ ...heap, found: after.heapBytes / 2 ** 20 });
  const nodes = { what: "nodes more after 50 switches than after 10", slowdown: 1, unit: "nodes" } as const;
  await note({ ...nodes, budget: NODES_BUDGET, found: after.nodes - before.nodes });
});

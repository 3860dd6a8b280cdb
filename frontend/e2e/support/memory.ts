/** What a page holds once everything that nobody needs is gone. */
import type { Page } from "@playwright/test";

export interface Held {
  heapBytes: number;
  /** In the document or out of it. */
  nodes: number;
  listeners: number;
}

export async function heldAfterCollection(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  // What a first collection frees may have held more.
  for (let count = 0; count < 2; count += 1) await session.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const heapBytes = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  return { heapBytes, nodes, listeners: jsEventListeners };
}

/** One number of the app's, beside what it may be at most. */
import type { Person } from "../../../frontend/e2e/support/person";
import { test as base } from "../../../frontend/e2e/support/test";

export interface Figure {
  what: string;
  /** How many times slower than it is Chromium made the processor. */
  slowdown: 1 | 4;
  unit: "ms" | "px" | "MB" | "rows" | "nodes";
  budget: number;
  found: number;
  /** Where `found` stands for several measurements. */
  of?: { taken: "median" | "p95"; count: number; least: number; most: number };
}

type Rule = Omit<Figure, "found" | "of">;

/** What the report finds the figures by. */
export const FIGURE = "figure";

export const test = base.extend<{ note: (figure: Figure) => Promise<void> }>({
  serverEnv: {
    DEVSCHAT_LIMIT_MESSAGES: "off",
    DEVSCHAT_LIMIT_FRAMES: "off",
    DEVSCHAT_LIMIT_REQUESTS: "off",
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from it
  note: async ({}, use, info) => {
    await use((figure) =>
      info.attach(FIGURE, { body: JSON.stringify(figure), contentType: "application/json" }),
    );
  },
});

export const median = (rule: Rule, samples: readonly number[]) => summary(rule, samples, "median", 0.5);
export const p95 = (rule: Rule, samples: readonly number[]) => summary(rule, samples, "p95", 0.95);

/** By nearest rank. */
function summary(rule: Rule, samples: readonly number[], taken: "median" | "p95", rank: number): Figure {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (index: number) => sorted.at(index) ?? Number.NaN;
  const found = at(Math.ceil(sorted.length * rank) - 1);
  return { ...rule, found, of: { taken, count: sorted.length, least: at(0), most: at(-1) } };
}

/** From now on, and for this page only. */
export async function slowDown({ page }: Person, rate: number) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/** What a list does while it is scrolled, frame by frame. */
import type { Page } from "@playwright/test";

/** Scrolls near the top a few times; how far what one reads moved, at worst, while older messages came in. */
export function driftOverLoads(page: Page, pages: number): Promise<{ worstPx: number; loads: number }> {
  return page.getByRole("log").evaluate(async (list, pages) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const gesture = () => list.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
    const rows = () => [...list.querySelectorAll<HTMLElement>("[data-message]")];
    const top = (row: Element) => row.getBoundingClientRect().top - list.getBoundingClientRect().top;
    let worstPx = 0;
    let loads = 0;
    for (let page = 0; page < pages; page += 1) {
      const heightBefore = list.scrollHeight;
      gesture();
      list.scrollTop = 800;
      await frame();
      await frame();
      const anchor = rows().find((row) => top(row) > 100);
      const id = anchor?.dataset["message"];
      const place = anchor ? top(anchor) : 0;
      const look = () => {
        const row = rows().find((candidate) => candidate.dataset["message"] === id);
        worstPx = Math.max(worstPx, row ? Math.abs(top(row) - place) : Number.POSITIVE_INFINITY);
      };
      for (let frames = 0; frames < 600 && list.scrollHeight === heightBefore; frames += 1) {
        await frame();
        look();
      }
      for (let frames = 0; frames < 30; frames += 1) {
        await frame();
        look();
      }
      if (list.scrollHeight > heightBefore) loads += 1;
    }
    return { worstPx, loads };
  }, pages);
}

/** How far below the window the list's end was at worst, in the frames painted from now on. */
export async function watchEnd(page: Page): Promise<() => Promise<number>> {
  const watch = await page.getByRole("log").evaluateHandle((list) => {
    const seen = { farthestPx: 0 };
    const end = list.lastElementChild as Element;
    // What it is told stands between layout and paint: nothing that happens between two frames counts.
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { boundingClientRect, rootBounds } of entries) {
          const px = boundingClientRect.bottom - (rootBounds?.bottom ?? Number.NEGATIVE_INFINITY);
          seen.farthestPx = Math.max(seen.farthestPx, px);
        }
      },
      { root: list },
    );
    const look = () => {
      observer.unobserve(end); // who begins anew is told of each frame
      observer.observe(end);
      requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  return () => watch.evaluate(({ farthestPx }) => farthestPx);
}

export interface Seen {
  /** How many messages were in the document, at most. */
  mostRows: number;
  /** The first frame in which the rows, from top to bottom, did not count up by one. */
  broken: string | null;
  first: number;
  last: number;
  /** Numbers between `first` and `last` that were never there. */
  missing: number;
}

/** Notes, in each frame from now on, which of the numbered lines (`line 1.`) are in the document. */
export async function watchLines(page: Page): Promise<() => Promise<Seen>> {
  const watch = await page.getByRole("log").evaluateHandle((list) => {
    const numbers = new Set<number>();
    const found = { mostRows: 0, broken: null as string | null };
    const look = () => {
      const rows = [...list.querySelectorAll<HTMLElement>("[data-message]")]
        .map((row) => ({
          line: Number(/line (\d+)\./.exec(row.textContent ?? "")?.[1]),
          top: row.getBoundingClientRect().top,
        }))
        .sort((one, other) => one.top - other.top);
      for (const [at, { line }] of rows.entries()) {
        numbers.add(line);
        if (at > 0 && line !== (rows[at - 1]?.line ?? 0) + 1)
          found.broken ??= rows.map((row) => row.line).join(" ");
      }
      found.mostRows = Math.max(found.mostRows, rows.length);
      requestAnimationFrame(look);
    };
    look();
    return { numbers, found };
  });
  return () =>
    watch.evaluate(({ numbers, found }) => {
      const first = Math.min(...numbers);
      const last = Math.max(...numbers);
      return { ...found, first, last, missing: last - first + 1 - numbers.size };
    });
}

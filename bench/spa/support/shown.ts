/** When something was on the screen, by the page's own clock: the message that follows its frame. */
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** The moment at which a message with this text had been painted inside the list's window. */
    painted: (text: string) => Promise<number>;
    /** When the awaited input was made. */
    began: number;
  }
}

/** In each document of the page from now on. */
export const watchPaints = (page: Page) => page.addInitScript(install);

/** Milliseconds from the next input of this kind to the paint of a message with this text. */
export async function timeToPaint(
  page: Page,
  text: string,
  input: "click" | "keydown",
  act: () => Promise<void>,
) {
  await page.evaluate(
    ([kind]) => {
      window.began = Number.NaN;
      const note = (event: Event) => {
        if (event instanceof KeyboardEvent && event.key !== "Enter") return;
        window.began = event.timeStamp;
        removeEventListener(kind, note, true);
      };
      addEventListener(kind, note, true);
    },
    [input] as const,
  );
  const [ms] = await Promise.all([
    page.evaluate(async (text) => (await window.painted(text)) - window.began, text),
    act(),
  ]);
  return ms;
}

function install() {
  window.painted = (text) =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      const isShown = (row: Element) => {
        if (!row.textContent?.includes(text)) return false;
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      };
      const look = () => {
        if ([...document.querySelectorAll("[data-message]")].some(isShown)) channel.port2.postMessage(null);
        else requestAnimationFrame(look);
      };
      look();
    });
}

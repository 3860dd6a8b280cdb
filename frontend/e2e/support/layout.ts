import type { Page } from "@playwright/test";

/** What can't be read: texts past the screen's edge, but for those that say so with an ellipsis or can be scrolled. */
export function textsOffScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isMended = (element: Element | null): boolean => {
      if (!element) return false;
      const { overflowX, textOverflow, visibility } = getComputedStyle(element);
      const scrolls = overflowX === "auto" || overflowX === "scroll";
      const isSideways = scrolls && element.matches("pre, .table-scroll");
      return (
        visibility === "hidden" ||
        textOverflow === "ellipsis" ||
        isSideways ||
        isMended(element.parentElement)
      );
    };
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const text = texts.currentNode;
      range.selectNodeContents(text);
      const { left, right, width } = range.getBoundingClientRect();
      const isOff = left < -1 || right > document.documentElement.clientWidth + 1;
      const parent = text.parentElement;
      if (width > 0 && isOff && !parent?.closest(".sr-only") && !isMended(parent))
        found.push(String(text.nodeValue));
    }
    return found;
  });
}

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** How browsers begin to tell of text that was about to become markup or script (Trusted Types), or of the rest. */
const REFUSALS = /Content Security Policy|violates|requires 'Trusted|TrustedTypePolic/i;

export const isRefusal = (text: string) => REFUSALS.test(text);

/** What the browser refused, and what broke. */
export function troubles(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (message) => {
    if (isRefusal(message.text())) found.push(message.text());
  });
  page.on("pageerror", (error) => found.push(error.message));
  return found;
}

/** Nothing that axe finds, in light and in dark. */
export async function expectAccessible(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const described = violations.map(
      ({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ html }) => html).join("\n")}`,
    );
    expect(described, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
}

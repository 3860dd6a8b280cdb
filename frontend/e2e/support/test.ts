/** `test` with a server of its own, and people to meet on it. */
import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { isRefusal } from "./accessibility";
import { Person } from "./person";
import { Server } from "./server";

interface Fixtures {
  /** Extra settings of this file's server. */
  serverEnv: Record<string, string>;
  server: Server;
  /**
   * A new person, signed up through the page, in a browser of their own. In none of them may the policy on content
   * have refused anything when the test is over.
   */
  arrives: (username: string, options?: BrowserContextOptions) => Promise<Person>;
  /** A page of nobody in particular. */
  visitor: Page;
}

const newContext = (browser: Browser, server: Server, options: BrowserContextOptions = {}) =>
  browser.newContext({ baseURL: server.url, ...options });

export const test = base.extend<Fixtures>({
  serverEnv: [{ DEVSCHAT_LIMIT_MESSAGES: "off" }, { option: true }],
  server: async ({ serverEnv }, use) => {
    const server = await Server.start(serverEnv);
    await use(server);
    await server.stop();
  },
  arrives: async ({ browser, server }, use) => {
    const contexts: Awaited<ReturnType<typeof newContext>>[] = [];
    const refused: string[] = [];
    await use(async (username, options) => {
      const context = await newContext(browser, server, options);
      contexts.push(context);
      context.on("console", (message) => isRefusal(message.text()) && refused.push(message.text()));
      return Person.signUp(await context.newPage(), server, username);
    });
    for (const context of contexts) await context.close();
    expect(refused).toEqual([]);
  },
  visitor: async ({ browser, server }, use) => {
    const context = await newContext(browser, server);
    await use(await context.newPage());
    await context.close();
  },
});

export { expect } from "@playwright/test";

/** Somebody at a browser: what they do is done through the page, as they would. */
import { expect, type Page } from "@playwright/test";
import { Api } from "./api";
import type { Server } from "./server";

const LAST_NAMES: Record<string, string> = { ada: "Lovelace", linus: "Torvalds", grace: "Hopper" };
export const PASSWORD = "kettle-on-the-9-train";

export class Person {
  readonly page: Page;
  readonly api: Api;

  private constructor(page: Page, api: Api) {
    this.page = page;
    this.api = api;
  }

  static async signUp(page: Page, server: Server, username: string): Promise<Person> {
    const first = username.charAt(0).toUpperCase() + username.slice(1);
    await page.goto("/signup");
    await page.getByLabel("First name").fill(first);
    await page.getByLabel("Last name").fill(LAST_NAMES[username] ?? "Someone");
    await page.getByLabel("Username").fill(username);
    await page.getByLabel("Email").fill(`${username}@example.org`);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
    return new Person(page, await Api.logIn(server.url, username, PASSWORD));
  }

  /** The same browser, the same address. */
  async inAnotherTab(): Promise<Person> {
    const page = await this.page.context().newPage();
    await page.goto(this.page.url());
    return new Person(page, this.api);
  }

  get box() {
    return this.page.getByRole("textbox", { name: /^Message #/ });
  }

  async createsRoom(name: string): Promise<string> {
    await this.page.getByRole("button", { name: "Create a room" }).first().click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Create room" }).click();
    await this.isIn(name);
    return this.page.url().split("/r/")[1]?.split("?")[0] ?? "";
  }

  async joins(name: string) {
    await this.page.getByRole("link", { name: "Browse rooms" }).first().click();
    await this.page.getByRole("button", { name: `Join ${name}` }).click();
    await this.isIn(name);
  }

  async isIn(name: string) {
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(this.page.getByRole("log")).toBeVisible();
  }

  async writes(...bodies: string[]) {
    for (const body of bodies) {
      await this.box.fill(body);
      await this.box.press("Enter");
      await expect(this.box).toHaveValue("");
    }
  }

  message(body: string) {
    return this.page.getByRole("article").filter({ hasText: body });
  }

  /** Every message the list holds, top to bottom, as one would read it by scrolling. */
  async readsAll(): Promise<string[]> {
    return this.page.getByRole("log").evaluate(async (list) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const seen = new Map<string, string>();
      list.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
      list.scrollTop = 0;
      for (let isEnd = false; !isEnd; ) {
        for (let count = 0; count < 4; count += 1) await frame();
        for (const row of list.querySelectorAll<HTMLElement>("[data-message]")) {
          seen.set(row.dataset["message"] ?? "", row.querySelector(".md")?.textContent ?? "");
        }
        isEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
        list.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
        list.scrollTop += list.clientHeight / 2;
      }
      return [...seen.values()];
    });
  }
}

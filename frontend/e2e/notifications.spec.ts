import type { BrowserContext } from "@playwright/test";
import { expect, test } from "./support/test";

/** The system's notifications, written down instead of shown; common to all tabs. The last one can be clicked. */
async function writesDownNotifications(context: BrowserContext) {
  await context.addInitScript(() => {
    const told = () => JSON.parse(localStorage.getItem("told") ?? "[]");
    const note = (title: string, options?: NotificationOptions) => {
      localStorage.setItem("told", JSON.stringify([...told(), `${title}: ${options?.body}`]));
      localStorage.setItem("last data", JSON.stringify(options?.data));
    };
    class Written {
      static permission = localStorage.getItem("permission") ?? "default";
      static requestPermission = async () => {
        localStorage.setItem("permission", "granted");
        Written.permission = "granted";
        return "granted";
      };
      constructor(title: string, options?: NotificationOptions) {
        note(title, options);
        Object.assign(globalThis, { lastBanner: this });
      }
      onclick() {}
      close() {}
    }
    Object.assign(globalThis, { Notification: Written });
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) => note(title, options);
  });
}

test("a mention is told once over all tabs, what is read is not, and permission is asked by choosing", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("release-train");
  await linus.joins("release-train");
  await ada.createsRoom("elsewhere");
  await writesDownNotifications(ada.page.context());
  await ada.page.goto("/settings/notifications");
  expect(await ada.page.evaluate(() => Notification.permission)).toBe("default");

  await ada.page.getByLabel("Mentions").check();
  const other = await ada.inAnotherTab();
  await expect(other.page.getByRole("link", { name: "release-train" })).toBeVisible();
  await linus.api.post(roomId, "not for her");
  await linus.api.post(roomId, "@ada, look at **this**");

  const told = () => ada.page.evaluate(() => JSON.parse(localStorage.getItem("told") ?? "[]"));
  await expect.poll(told).toEqual(["Linus Torvalds in #release-train: @ada, look at **this**"]);
  await expect(ada.page).toHaveTitle("(1) Notifications – DevsChat");
  await expect(ada.page.locator("link[rel=icon]")).toHaveAttribute("href", "/icon-unread.svg");

  await ada.page.bringToFront();
  await ada.page.getByRole("link", { name: /release-train/ }).click();
  await ada.isIn("release-train");
  await linus.api.post(roomId, "@ada you are reading this");
  await expect(ada.message("you are reading this")).toBeVisible();
  await expect(ada.page.locator("link[rel=icon]")).toHaveAttribute("href", "/icon.svg");
  await other.page.close();
  await ada.page.getByRole("link", { name: "elsewhere" }).click();
  await ada.isIn("elsewhere");
  await linus.api.post(roomId, "@ada one more");

  await expect
    .poll(told)
    .toEqual([
      "Linus Torvalds in #release-train: @ada, look at **this**",
      "Linus Torvalds in #release-train: @ada one more",
    ]);
});

test("a click on a notification leads to its message, with a service worker and without", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const { page } = ada;
  const roomId = await ada.createsRoom("release-train");
  await linus.joins("release-train");
  await ada.createsRoom("elsewhere");
  await writesDownNotifications(page.context());
  await page.goto("/settings/notifications");
  await page.getByLabel("Mentions").check();
  await page.getByRole("link", { name: "elsewhere" }).click();
  await ada.isIn("elsewhere");
  const toldOf = (body: string) =>
    expect.poll(() => page.evaluate(() => localStorage.getItem("told"))).toContain(body);
  const isAt = async (body: string) => {
    await expect(ada.message(body)).toBeFocused();
    await expect(ada.message(body)).toHaveAttribute("data-lit");
    await expect(ada.message(body)).toBeInViewport();
    await expect(page).toHaveURL(new RegExp(`/r/${roomId}\\?m=\\d+$`));
  };

  await page.evaluate(() => navigator.serviceWorker.ready);
  await linus.api.post(roomId, "@ada by the worker");
  for (let line = 1; line <= 30; line += 1) await linus.api.post(roomId, `line ${line}.`);
  await toldOf("by the worker");
  const worker = page.context().serviceWorkers()[0];
  const data = await page.evaluate(() => JSON.parse(localStorage.getItem("last data") ?? "null"));
  await worker?.evaluate((clicked) => {
    const notification = { data: clicked, close() {} };
    dispatchEvent(Object.assign(new Event("notificationclick"), { notification, waitUntil() {} }));
  }, data);
  await isAt("by the worker");

  await page.getByRole("link", { name: "elsewhere" }).click();
  await ada.isIn("elsewhere");
  await page.evaluate(() => {
    Object.assign(ServiceWorkerContainer.prototype, { getRegistration: async () => undefined });
  });
  await linus.api.post(roomId, "@ada by the page");
  await toldOf("by the page");
  await page.evaluate(() => {
    (globalThis as unknown as { lastBanner: { onclick(): void } }).lastBanner.onclick();
  });
  await isAt("by the page");
});

import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** The service worker has its files, and the last messages are written down. */
async function isReadyForTheTrain(page: Page, body: string) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = () =>
    page.evaluate(async () => {
      const { databases } = indexedDB;
      const names = (await databases.call(indexedDB)).map(({ name }) => name);
      if (!names.includes("devschat-copy")) return "";
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open("devschat-copy");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const request = db.transaction("pages").objectStore("pages").getAll();
      await new Promise((resolve) => {
        request.onsuccess = resolve;
      });
      db.close();
      return JSON.stringify(request.result);
    });
  await expect.poll(kept, { timeout: 20_000 }).toContain(body);
}

test("without a server the app opens with what it knew, and sends what is written when it is back", async ({
  arrives,
  server,
}) => {
  const ada = await arrives("ada");
  await ada.createsRoom("night-train");
  await ada.writes("written before the tunnel");
  await isReadyForTheTrain(ada.page, "written before the tunnel");

  await server.kill();
  await ada.page.reload();
  await ada.isIn("night-train");
  await expect(ada.message("written before the tunnel")).toBeVisible();
  await ada.writes("written in the tunnel");
  await expect(ada.page.getByText("Waiting for connection")).toBeVisible();
  await server.run();

  await expect(ada.page.getByText("Waiting for connection")).toHaveCount(0, { timeout: 30_000 });
  expect(await ada.readsAll()).toEqual(["written before the tunnel", "written in the tunnel"]);
});

test("without a server a select still shows that it opens", async ({ arrives, server }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("night-train");
  await ada.writes("written before the tunnel");
  await isReadyForTheTrain(ada.page, "written before the tunnel");

  await server.kill();
  await ada.page.goto("/settings/tokens");
  const hasItsPicture = await ada.page.getByRole("combobox", { name: "Expires" }).evaluate((select) => {
    const [, picture = ""] = /url\("(.+?)"\)/.exec(getComputedStyle(select).backgroundImage) ?? [];
    return fetch(picture).then(({ ok }) => ok);
  });

  expect(hasItsPicture).toBe(true);
});

test("what says that one is offline covers nothing that a page begins with", async ({ arrives }) => {
  const { page } = await arrives("ada");
  await page.getByRole("link", { name: "Browse rooms" }).first().click();
  await expect(page.getByLabel("Find a room")).toBeVisible();
  await page.context().setOffline(true);

  const bar = await page.getByText("You’re offline.").boundingBox();
  const label = await page.getByText("Find a room").boundingBox();

  const isAside = bar && label && (bar.y >= label.y + label.height || bar.y + bar.height <= label.y);
  expect(isAside, JSON.stringify({ bar, label })).toBe(true);
});

test("what was written in a tab that was closed offline is sent by the next one, once and in order", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("night-train");
  await ada.writes("before the tunnel");
  await isReadyForTheTrain(ada.page, "before the tunnel");
  await ada.page.context().setOffline(true);
  await expect(ada.page.getByText("You’re offline.")).toBeVisible();
  await ada.writes("one", "two", "three");
  await expect(ada.page.getByText("Waiting for connection")).toHaveCount(3);

  await ada.page.close();
  const next = await ada.inAnotherTab();
  await next.isIn("night-train");
  await expect(next.page.getByText("Waiting for connection")).toHaveCount(3);
  await next.page.context().setOffline(false);

  const all = ["before the tunnel", "one", "two", "three"];
  await expect.poll(() => ada.api.bodies(roomId), { timeout: 30_000 }).toEqual(all);
  await expect(next.page.locator("article[data-state]")).toHaveCount(0);
  expect(await next.readsAll()).toEqual(all);
});

test("signing out leaves nothing of it behind", async ({ arrives, server }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("night-train");
  await ada.writes("a secret");
  await isReadyForTheTrain(ada.page, "a secret");

  await ada.page.getByRole("button", { name: /Ada Lovelace/ }).click();
  await ada.page.getByRole("menuitem", { name: "Sign out" }).click();
  await ada.page.getByRole("button", { name: "Sign out" }).click();
  await expect(ada.page.getByLabel("Password")).toBeVisible();
  await server.kill();
  await ada.page.reload();

  await expect(ada.page.getByText("Can’t reach DevsChat.")).toBeVisible();
  await expect(ada.page.getByText("night-train")).toHaveCount(0);
});

test("the app can be installed", async ({ visitor: page }) => {
  await page.goto("/login");
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const response = await page.request.get(String(href));
  const manifest = await response.json();

  expect(response.headers()["content-type"]).toContain("application/manifest+json");
  expect(manifest).toMatchObject({ name: "DevsChat", start_url: "/", display: "standalone" });
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(src);
    expect(icon.headers()["content-type"], src).toBe(type);
  }
});

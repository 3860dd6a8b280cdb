import { expectAccessible, troubles } from "./support/accessibility";
import { expect, test } from "./support/test";

const FIGURES = "**/api/v1/admin/metrics";

test("a server admin sees the server's figures move, as charts and as tables", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  const found = troubles(page);
  const roomId = await ada.createsRoom("the-room");
  const chart = (name: string) => page.getByRole("region", { name, exact: true });
  const messages = chart("Messages");

  await page.goto("/settings");
  await page.getByRole("link", { name: "Metrics" }).click();

  await expect(chart("Connections")).toContainText("Sockets1");
  await expect(messages.getByRole("definition")).toHaveText("0/s");
  await expect(messages.locator("canvas")).toBeVisible();
  await ada.api.post(roomId, "one");
  await expect(messages.getByRole("img")).toHaveAccessibleName(/Messages: .* now, 0\.\d+\/s at most/);
  await expect(chart("Commit latency").getByRole("img")).toHaveAccessibleName(/\d ms at most/);

  await messages.getByRole("button", { name: "Show as table" }).click();
  await expect(messages.getByRole("cell", { name: /^0\.\d+\/s$/ })).toBeVisible();
  await expect(messages.locator("canvas")).toBeHidden();
  await expectAccessible(page);
  await messages.getByRole("button", { name: "Show as table" }).click();
  await expect(messages.locator("canvas")).toBeVisible();
  expect(found).toEqual([]);
});

test("pointing at one chart shows the same moment in all, at any span", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  await page.goto("/settings/metrics");
  const chart = (name: string) => page.getByRole("region", { name, exact: true });
  await expect(chart("Messages").getByRole("definition")).toHaveText("0/s");
  await page.getByRole("button", { name: "Pause" }).click();
  const times = page.getByRole("definition").filter({ hasText: /^\d+:\d\d:\d\d/ });
  await expect(times).toHaveCount(0);

  for (const span of ["5 minutes", "1 hour", "24 hours"]) {
    await page.getByText(span, { exact: true }).click();
    await expect(page.getByRole("radio", { name: span })).toBeChecked();
    await chart("Deliveries").getByRole("img").hover();
    await expect(times).toHaveCount(await page.locator("canvas").count());
    expect(new Set(await times.allTextContents()).size).toBe(1);
    await page.getByRole("heading", { name: "Metrics", exact: true }).hover();
    await expect(times).toHaveCount(0);
  }
});

test("paused figures stand still until one goes on", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  const asked = () => page.waitForRequest(FIGURES, { timeout: 5_000 });
  await page.goto("/settings/metrics");
  const pause = page.getByRole("button", { name: "Pause" });

  await pause.click();
  await expect(pause).toHaveAttribute("aria-pressed", "true");
  await expect(asked()).rejects.toThrow();
  await Promise.all([asked(), pause.click()]);
});

test("while the figures can't be had the page says so and goes on asking", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  await page.route(FIGURES, (route) => route.abort());

  await page.goto("/settings/metrics");

  await expect(page.getByRole("alert").filter({ hasText: "can’t be reached" })).toBeVisible();
  await expect(page.locator("canvas")).toHaveCount(0);
  await page.unroute(FIGURES);
  await expect(page.locator("canvas").first()).toBeVisible();
});

test("the lines take the colours of the theme, and the width of the page", async ({ arrives }) => {
  const ada = await arrives("ada");
  const { page } = ada;
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/settings/metrics");
  const canvas = page.getByRole("region", { name: "Connections", exact: true }).locator("canvas");
  const picture = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  await expect(page.getByRole("region", { name: "Connections", exact: true })).toContainText("Sockets1");
  await page.getByRole("button", { name: "Pause" }).click();
  const light = await picture();

  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(picture).not.toBe(light);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(picture).toBe(light);
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  await expect.poll(picture).not.toBe(light);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await canvas.boundingBox())?.width ?? 0).toBeLessThan(360);
});

test("who is no server admin sees no figures", async ({ arrives }) => {
  await arrives("ada");
  const linus = await arrives("linus");

  await linus.page.goto("/settings/metrics");

  await expect(linus.page).toHaveURL(/\/settings\/profile$/);
  await expect(linus.page.getByRole("link", { name: "Metrics" })).toBeHidden();
});

import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT } from "./support/server";
import { expect, test } from "./support/test";

const served = mkdtempSync(join(tmpdir(), "devschat-update-"));
cpSync(BUILT, served, { recursive: true });
test.use({ serverEnv: { DEVSCHAT_STATIC_DIR: served } });

test.afterAll(() => rmSync(served, { recursive: true, force: true }));

test("a new version waits until one agrees, and what was being written is still there", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  await ada.createsRoom("the-room");
  await ada.page.evaluate(() => navigator.serviceWorker.ready);
  await ada.page.reload(); // from now on the worker is in charge
  await ada.isIn("the-room");
  await ada.box.fill("half a thought");
  await ada.page.evaluate(() => Object.assign(globalThis, { isOldPage: true }));

  appendFileSync(join(served, "sw.js"), "// a newer version\n");
  for (const ending of ["br", "gz"]) rmSync(join(served, `sw.js.${ending}`)); // of the version before
  await ada.page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(ada.page.getByText("A new version of DevsChat is here")).toBeVisible();
  expect(await ada.page.evaluate(() => "isOldPage" in globalThis)).toBe(true);
  await ada.page.getByRole("button", { name: "Reload" }).click();

  await expect.poll(() => ada.page.evaluate(() => "isOldPage" in globalThis).catch(() => true)).toBe(false);
  await expect(ada.box).toHaveValue("half a thought");
  await expect(ada.page.getByText("A new version of DevsChat is here")).toHaveCount(0);
});

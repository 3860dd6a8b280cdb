import { troubles } from "./support/accessibility";
import type { Person } from "./support/person";
import { driftOverLoads, watchEnd } from "./support/scrolling";
import { expect, test } from "./support/test";

test("older messages come in without moving what one reads by a pixel", async ({ arrives }) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("long-story");
  const bodies = Array.from({ length: 430 }, (_, index) =>
    index % 7 === 0 ? `line ${index + 1}\n\`\`\`rust\nlet x = ${index};\n\`\`\`` : `line ${index + 1}`,
  );
  for (const body of bodies) await ada.api.post(roomId, body);
  await ada.page.reload();
  await expect(ada.message("line 430")).toBeInViewport();

  expect(await driftOverLoads(ada.page, 3)).toEqual({ worstPx: 0, loads: 3 });
});

test("the list stays at its end while messages come, and where one has scrolled to", async ({ arrives }) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  const roomId = await ada.createsRoom("busy");
  await linus.joins("busy");
  for (let line = 1; line <= 60; line += 1) await linus.api.post(roomId, `line ${line}`);
  await expect(ada.message("line 60")).toBeInViewport();
  await expect(ada.page.getByRole("link", { name: /busy/ })).toHaveAccessibleName("busy");

  await ada.page.getByRole("log").hover();
  await ada.page.mouse.wheel(0, -2_000);
  await expect(ada.page.getByRole("button", { name: "Jump to latest" })).toBeVisible();
  await linus.api.post(roomId, "news at the end");
  await expect(ada.page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(ada.message("news at the end")).not.toBeInViewport();
  await ada.page.keyboard.press("Escape");

  await expect(ada.message("news at the end")).toBeInViewport();
});

test("the end of the list is on the screen in every frame, however tall what arrives is", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("busy");
  for (let line = 1; line <= 30; line += 1) await ada.api.post(roomId, `line ${line}`);
  await expect(ada.message("line 30")).toBeInViewport();
  const farthestPx = await watchEnd(ada.page);

  for (const height of [1, 12, 3, 30, 7]) {
    await ada.api.post(roomId, `${height} lines of code\n\`\`\`\n${"x\n".repeat(height)}\`\`\``);
    await expect(ada.message(`${height} lines of code`)).toBeInViewport();
  }

  expect(await farthestPx()).toBeLessThanOrEqual(1);
});

/** In Ada's room, an answer to a message that stands further up than what the room opens with. */
async function answersAnOldMessage(ada: Person): Promise<{ roomId: string; oldId: string }> {
  const roomId = await ada.createsRoom("long-memory");
  const oldId = await ada.api.post(roomId, "the very first plan");
  for (let line = 1; line <= 200; line += 1) await ada.api.post(roomId, `line ${line}`);
  await ada.api.post(roomId, "still the plan?", oldId);
  return { roomId, oldId };
}

test("an answer to a message far above shows who said what, as it stands now, and leads there", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const { roomId, oldId } = await answersAnOldMessage(ada);
  const linus = await arrives("linus");
  const asked = linus.page.waitForResponse((response) => response.url().endsWith(oldId));

  await linus.joins("long-memory");
  const quote = linus.message("still the plan?").getByRole("button", { name: /^Ada Lovelace/ });
  await expect(quote).toHaveText(/the very first plan/);
  expect((await asked).status()).toBe(200);
  await ada.api.edit(roomId, oldId, "the very second plan");
  await expect(quote).toHaveText(/the very second plan/);
  await quote.click();

  const old = linus.page.locator(`[data-message="${oldId}"]`);
  await expect(old).toBeFocused();
  await expect(old).toBeInViewport();
});

test("an answer whose message can't be had says so, and shows it when there is a connection again", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const { oldId } = await answersAnOldMessage(ada);
  const linus = await arrives("linus");
  const found = troubles(linus.page);
  await linus.page.context().route(`**/messages/${oldId}`, (route) => route.abort());
  const failed = linus.page.waitForEvent("requestfailed", (request) => request.url().endsWith(oldId));

  await linus.joins("long-memory");
  await failed;

  await expect(linus.message("still the plan?")).toContainText("In reply to an earlier message");
  await linus.page.context().unroute(`**/messages/${oldId}`);
  await linus.page.context().setOffline(true);
  await linus.page.context().setOffline(false);
  await expect(linus.message("still the plan?")).toContainText("the very first plan");
  expect(found).toEqual([]);
});

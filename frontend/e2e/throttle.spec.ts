import { expect, test } from "./support/test";

test.use({ serverEnv: { DEVSCHAT_LIMIT_MESSAGES: "20/s:5" } });

test("somebody faster than the server allows is slowed down, not refused", async ({ arrives }) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("in-a-hurry");
  const bodies = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);

  await ada.writes(...bodies);

  await expect.poll(() => ada.api.bodies(roomId), { timeout: 30_000 }).toEqual(bodies);
  await expect(ada.page.locator("article[data-state]")).toHaveCount(0);
  await expect(ada.page.getByText("Not sent.")).toHaveCount(0);
});

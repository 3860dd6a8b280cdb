import { expect, test } from "./support/test";

test("a server killed under the page loses nothing and doubles nothing", async ({ arrives, server }) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("power-cut");
  const bodies = Array.from({ length: 45 }, (_, index) => `line ${index + 1}`);

  await ada.writes(...bodies.slice(0, 15));
  const killed = server.kill();
  await ada.writes(...bodies.slice(15, 30));
  await killed;
  const restarted = server.run();
  await ada.writes(...bodies.slice(30));
  await restarted;

  await expect.poll(() => ada.api.bodies(roomId), { timeout: 40_000 }).toEqual(bodies);
  await expect(ada.page.locator("article[data-state]")).toHaveCount(0);
  expect(await ada.readsAll()).toEqual(bodies);
});

test("messages written while the server is gone survive a reload of the page", async ({
  arrives,
  server,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("power-cut");
  await ada.writes("before");
  await expect.poll(() => ada.api.bodies(roomId)).toEqual(["before"]);
  await expect(ada.page.locator("article[data-state]")).toHaveCount(0);

  await server.kill();
  await ada.writes("in the dark");
  await expect(ada.message("in the dark").getByText("Waiting for connection")).toBeVisible();
  await ada.box.fill("half typed");
  await server.run();
  await ada.page.reload();

  await expect.poll(() => ada.api.bodies(roomId)).toEqual(["before", "in the dark"]);
  await expect(ada.message("in the dark")).toHaveCount(1);
  await expect(ada.box).toHaveValue("half typed");
});

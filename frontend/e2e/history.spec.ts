import { driftOverLoads } from "./support/scrolling";
import { expect, test } from "./support/test";

test("older messages come in without moving what one reads by a pixel", async ({ arrives }) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("long-story");
  const bodies = Array.from({ length: 220 }, (_, index) =>
    index % 7 === 0 ? `line ${index + 1}\n\`\`\`rust\nlet x = ${index};\n\`\`\`` : `line ${index + 1}`,
  );
  for (const body of bodies) await ada.api.post(roomId, body);
  await ada.page.reload();
  await expect(ada.message("line 220")).toBeInViewport();

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

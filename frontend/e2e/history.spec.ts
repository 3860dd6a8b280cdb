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

  const drift = await ada.page.getByRole("log").evaluate(async (list) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const gesture = () => list.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
    const rows = () => [...list.querySelectorAll<HTMLElement>("[data-message]")];
    const top = (row: Element) => row.getBoundingClientRect().top - list.getBoundingClientRect().top;
    let worst = 0;
    let loads = 0;
    for (let pages = 0; pages < 3; pages += 1) {
      const heightBefore = list.scrollHeight;
      gesture();
      list.scrollTop = 800;
      await frame();
      await frame();
      const anchor = rows().find((row) => top(row) > 100);
      const id = anchor?.dataset["message"];
      const place = anchor ? top(anchor) : 0;
      for (let frames = 0; frames < 600 && list.scrollHeight === heightBefore; frames += 1) {
        await frame();
        const row = rows().find((candidate) => candidate.dataset["message"] === id);
        worst = Math.max(worst, row ? Math.abs(top(row) - place) : Number.POSITIVE_INFINITY);
      }
      for (let frames = 0; frames < 30; frames += 1) {
        await frame();
        const row = rows().find((candidate) => candidate.dataset["message"] === id);
        worst = Math.max(worst, row ? Math.abs(top(row) - place) : Number.POSITIVE_INFINITY);
      }
      if (list.scrollHeight > heightBefore) loads += 1;
    }
    return { worst, loads };
  });

  expect(drift).toEqual({ worst: 0, loads: 3 });
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

import { HOSTILE } from "../src/test/hostile-markdown";
import { troubles } from "./support/accessibility";
import { expect, test } from "./support/test";

test("hostile messages run no script, load nothing foreign and lead nowhere but where links may", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("the-wild");
  const { page } = ada;
  const found = troubles(page);
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(page.url()).origin) foreign.push(request.url());
  });
  page.on("dialog", (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const bodies = HOSTILE.filter((source) => source.trim() !== "" && !source.includes("\u0000"));

  for (const body of bodies) await ada.api.post(roomId, body);
  await ada.api.post(roomId, "the last one");
  await expect(ada.message("the last one")).toBeVisible();
  await ada.readsAll();

  const links = await page
    .locator(".md a")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const href of links) expect(href).toMatch(/^(https?:\/\/|mailto:|[/#?](?![/\\]))/);
  await expect(
    page.locator(".md :is(script, img, iframe, object, embed, style, link, form, video, audio)"),
  ).toHaveCount(0);
  expect([foreign, found]).toEqual([[], []]);
});

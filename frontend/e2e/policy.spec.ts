import { expectAccessible, troubles } from "./support/accessibility";
import { expect, test } from "./support/test";

for (const [screen, viewport] of [
  ["a desktop", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test(`signing in and up on ${screen}: nothing refused by the policy, nothing inaccessible`, async ({
    visitor: page,
  }) => {
    await page.setViewportSize(viewport);
    const found = troubles(page);

    await page.goto("/login");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("Enter your password")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Create an account" }).click();
    await expect(page.getByLabel("First name")).toBeVisible();
    await expectAccessible(page);
    for (const path of ["/reset", "/verify", "/invite"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }

    expect(found).toEqual([]);
  });

  test(`every page, pane and dialog on ${screen}: the same`, async ({ arrives }) => {
    const ada = await arrives("ada", { viewport, hasTouch: viewport.width < 800 });
    const { page } = ada;
    const found = troubles(page);

    await expect(page.getByRole("button", { name: "Create a room" }).first()).toBeVisible();
    await expectAccessible(page);
    const roomId = await ada.createsRoom("the-room");
    await ada.api.post(
      roomId,
      "# Title\n\n- [x] **bold** `code` @ada\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n> quote",
    );
    await ada.api.post(
      roomId,
      '```rust\nfn main() { // comment\n    println!("{}", 1);\n}\n```\n![x](https://example.org/x.png)',
    );
    await expect(page.locator(".hljs-keyword").first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Show members" }).click();
    await expect(page.getByText("@ada", { exact: true }).last()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Close members" }).click();
    await page.getByRole("button", { name: "Room menu" }).click();
    await page.getByRole("menuitem", { name: /Leave room/ }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.goto("/browse");
    await expect(page.getByLabel("Find a room")).toBeVisible();
    await expectAccessible(page);
    await page.goto("/r/00000000-0000-7000-8000-000000000000");
    await expect(page.getByText("No such room")).toBeVisible();
    await expectAccessible(page);

    expect(found).toEqual([]);
  });
}

test("text becomes neither markup nor script, and the one policy there is is taken", async ({
  visitor: page,
}) => {
  await page.goto("/login");
  await page.evaluate(() => navigator.serviceWorker.ready);
  const found = troubles(page);

  const names = await page.evaluate(async () => {
    const attempts: Record<string, () => unknown> = {
      markup: () => {
        document.createElement("p").innerHTML = "<b>text</b>";
      },
      script: () => {
        document.createElement("script").src = "/theme.js";
      },
      worker: () => navigator.serviceWorker.register("/sw.js"),
      "a policy of another name": () => globalThis.trustedTypes?.createPolicy("other", policy),
      "a second one of ours": () => globalThis.trustedTypes?.createPolicy("devschat", policy),
    };
    const policy = { createScriptURL: (url: string) => url };
    const refused: string[] = [];
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        await attempt();
      } catch (error) {
        if (error instanceof TypeError) refused.push(name);
      }
    }
    return { refused, tried: Object.keys(attempts) };
  });

  expect(names.refused).toEqual(names.tried);
  await expect.poll(() => found.length).toBeGreaterThanOrEqual(names.tried.length);
});

import { expectAccessible } from "./support/accessibility";
import { disables } from "./support/accounts";
import { PASSWORD } from "./support/person";
import { expect, test } from "./support/test";

test("a sign-up with bad input shows the server's words at the fields", async ({ visitor: page }) => {
  await page.goto("/signup");
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Last name").fill("Lovelace");
  await page.getByLabel("Username").fill("two words");
  await page.getByLabel("Email").fill("not an address");
  await page.getByLabel("Password").fill("password");
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page.getByLabel("Username")).toHaveAccessibleDescription(/letters, numbers/);
  await expect(page.getByLabel("Email")).toHaveAccessibleDescription(/valid email/);
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/common/);
  await expect(page.getByLabel("Username")).toBeFocused();
  await expect(page.getByLabel("First name")).toHaveValue("Ada");
});

test("an address that leads nowhere says so, and leads back", async ({ visitor: page }) => {
  await page.goto("/no-such-page");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "To DevsChat" }).click();

  await expect(page).toHaveURL(/login/);
});

test("a username that is taken is told at its field", async ({ arrives, visitor: page }) => {
  await arrives("ada");

  await page.goto("/signup");
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Last name").fill("Again");
  await page.getByLabel("Username").fill("ADA");
  await page.getByLabel("Email").fill("again@example.org");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
});

test("no script can read a token: not from cookies, not from storage", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("vault");
  await ada.writes("a message");
  await expect(ada.page.locator("article[data-state]")).toHaveCount(0);

  const readable = await ada.page.evaluate(async () => {
    const rows: unknown[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of db.objectStoreNames) {
        const request = db.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => {
          request.onsuccess = resolve;
        });
        rows.push(request.result);
      }
      db.close();
    }
    return {
      cookie: document.cookie,
      stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, rows]),
    };
  });

  expect(readable.cookie).toBe("");
  expect(readable.stored).not.toMatch(/eyJ|token|refresh|v1\./i);
});

test("a reload keeps one signed in, signing out ends it, and the address one wanted comes after signing in", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const roomId = await ada.createsRoom("home");
  await ada.page.reload();
  await ada.isIn("home");

  await ada.page.getByRole("button", { name: /Ada Lovelace/ }).click();
  await ada.page.getByRole("menuitem", { name: "Sign out" }).click();
  await ada.page.getByRole("button", { name: "Sign out" }).click();
  await expect(ada.page.getByLabel("Password")).toBeVisible();
  await ada.page.goto(`/r/${roomId}`);
  await ada.page.getByLabel("Email or username").fill("ada@example.org");
  await ada.page.getByLabel("Password").fill(PASSWORD);
  await ada.page.keyboard.press("Enter");

  await ada.isIn("home");
});

test("who comes to sign in with a disabled account's cookie is told so, and may sign in as somebody else", async ({
  arrives,
}) => {
  const ada = await arrives("ada");
  const linus = await arrives("linus");
  await ada.createsRoom("home");
  await linus.page.goto("about:blank");
  await ada.page.goto("/settings/people");
  await disables(ada.page, "Linus Torvalds");
  await expect(ada.page.getByText("Linus Torvalds is signed out everywhere")).toBeVisible();

  await linus.page.goto("/login?next=/browse");
  await expect(linus.page.getByRole("heading", { name: "Your account is disabled" })).toBeVisible();
  await linus.page.getByRole("link", { name: "Sign in" }).click();
  await linus.page.getByLabel("Email or username").fill("ada");
  await linus.page.getByLabel("Password").fill(PASSWORD);
  await linus.page.keyboard.press("Enter");

  await expect(linus.page).toHaveURL(/browse/);
  await expect(linus.page.getByRole("button", { name: /Ada Lovelace/ })).toBeVisible();
});

import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { PASSWORD } from "./support/person";
import { expect, test } from "./support/test";

async function fillsForm(page: Page, email: string) {
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Last name").fill("Lovelace");
  await page.getByLabel("Username").fill("ada");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
}

test.describe("where sign-up is closed", () => {
  test.use({ serverEnv: { DEVSCHAT_SIGNUP: "closed" } });

  test("the page says whom to ask, and has no form", async ({ visitor: page }) => {
    await page.goto("/signup");

    await expect(page.getByText("ask who runs this server for an account")).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Create account" })).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Sign in" }).click();
    await expect(page.getByLabel("Password")).toBeVisible();
  });

  test("signing in leads nobody to it", async ({ visitor: page }) => {
    await page.goto("/login");

    await expect(page.getByText("Ask who runs this server for an account")).toBeVisible();
    await expect(page.getByRole("link", { name: "Create an account" })).toHaveCount(0);
  });

  test("a form that was open before the door closed says so and keeps what was typed", async ({
    visitor: page,
  }) => {
    const open = { signup: "open", mail_domains: [], sends_mail: false };
    await page.route("**/api/v1/auth/policy", (route) => route.fulfill({ json: open }));
    await page.goto("/signup");
    await fillsForm(page, "ada@example.org");

    await page.getByRole("button", { name: "Create account" }).click();

    await expect(page.getByRole("alert")).toContainText("ask who runs the server");
    await expect(page.getByLabel("Username")).toHaveValue("ada");
  });
});

test.describe("where only addresses of some domains sign up", () => {
  test.use({ serverEnv: { DEVSCHAT_SIGNUP_DOMAINS: "example.org,example.com" } });

  test("another address is told so at its field, and one of theirs gets in", async ({ visitor: page }) => {
    await page.goto("/signup");
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(
      "An address of example.org or example.com.",
    );
    await fillsForm(page, "ada@elsewhere.net");
    await page.getByRole("button", { name: "Create account" }).click();

    await expect(page.getByLabel("Email")).toBeFocused();
    await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(
      "Only addresses of example.org or example.com sign up here.",
    );
    await expectAccessible(page);
    await page.getByLabel("Email").fill("ada@example.com");
    await page.getByRole("button", { name: "Create account" }).click();

    await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
  });
});

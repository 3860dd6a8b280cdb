import { expectAccessible, troubles } from "./support/accessibility";
import { expect, test } from "./support/test";

// Without an SMTP server, and on this machine only, links are written to the log.
test("a forgotten password is replaced by the link of a mail, once", async ({ arrives, visitor, server }) => {
  await arrives("ada");
  const found = troubles(visitor);

  await visitor.goto("/login");
  await visitor.getByRole("link", { name: "Forgot your password?" }).click();
  await expectAccessible(visitor);
  await visitor.getByLabel("Email").fill("ada@example.org");
  await visitor.getByRole("button", { name: "Send the link" }).click();
  await expect(visitor.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
  const link = new URL(await server.says(/http[^\s"]+\/reset#[\w-]+/));

  await visitor.goto(link.pathname + link.hash);
  await visitor.getByLabel("New password").fill("short");
  await visitor.getByRole("button", { name: "Set the password" }).click();
  await expect(visitor.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(visitor);
  await visitor.getByLabel("New password").fill("a-new-one-for-ada-7");
  await visitor.getByRole("button", { name: "Set the password" }).click();
  await visitor.getByLabel("Email or username").fill("ada");
  await visitor.getByLabel("Password").fill("a-new-one-for-ada-7");
  await visitor.keyboard.press("Enter");
  await expect(visitor).not.toHaveURL(/login/);

  await visitor.goto(link.pathname + link.hash);
  await visitor.reload();
  await visitor.getByLabel("New password").fill("another-new-one-8");
  await visitor.getByRole("button", { name: "Set the password" }).click();
  await expect(visitor.getByRole("alert")).toBeVisible();
  expect(found).toEqual([]);
});

test("one shows by a link that an address is one's own", async ({ arrives, server }) => {
  const { page } = await arrives("ada");

  await page.goto("/settings/profile");
  await expect(page.getByText("Not confirmed")).toBeVisible();
  await page.getByRole("button", { name: "Send me a link" }).click();
  const link = new URL(await server.says(/http[^\s"]+\/verify#[\w-]+/));
  await page.goto(link.pathname + link.hash);

  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Go to your rooms" }).click();
  await page.getByRole("button", { name: /Ada Lovelace/ }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
});

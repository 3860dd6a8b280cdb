import { expectAccessible, troubles } from "./support/accessibility";
import { PASSWORD } from "./support/person";
import { expect, test } from "./support/test";

test("an invitation's link leads to an account, as often as it says", async ({
  arrives,
  visitor,
  server,
}) => {
  const { page } = await arrives("ada");
  await server.kill();
  await server.run({ DEVSCHAT_SIGNUP: "invite" });
  const found = troubles(visitor);

  await page.goto("/settings/invitations");
  await expect(page.getByText("No open invitations.")).toBeVisible();
  await page.getByLabel("For how many people").fill("none");
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByLabel("For how many people")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("For how many people").fill("1");
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByText("0 of 1 used")).toBeVisible();
  await expectAccessible(page);
  const link = new URL(await page.getByText(/\/invite#/).innerText());

  await visitor.goto("/signup");
  await expect(visitor.getByText("One signs up here with an invitation")).toBeVisible();
  await expect(visitor.getByRole("textbox")).toHaveCount(0);
  await visitor.goto(link.pathname + link.hash);
  await expect(visitor.getByRole("heading", { name: "You are invited" })).toBeVisible();
  await expectAccessible(visitor);
  await visitor.getByLabel("First name").fill("Linus");
  await visitor.getByLabel("Last name").fill("Torvalds");
  await visitor.getByLabel("Username").fill("linus");
  await visitor.getByLabel("Email").fill("linus@example.org");
  await visitor.getByLabel("Password").fill(PASSWORD);
  await visitor.getByRole("button", { name: "Create account" }).click();
  await expect(visitor.getByRole("navigation", { name: "Rooms" })).toBeVisible();

  await visitor.context().clearCookies();
  await visitor.goto(link.pathname + link.hash);
  await visitor.reload();
  await expect(visitor.getByRole("heading", { name: "This invitation does not count" })).toBeVisible();
  await expectAccessible(visitor);
  expect(found).toEqual([]);
});

test("an admin takes an invitation back", async ({ arrives, visitor, server }) => {
  const { page } = await arrives("ada");
  await server.kill();
  await server.run({ DEVSCHAT_SIGNUP: "invite" });

  await page.goto("/settings/invitations");
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = new URL(await page.getByText(/\/invite#/).innerText());
  await page.getByRole("button", { name: /Revoke the invitation/ }).click();
  await expect(page.getByText("No open invitations.")).toBeVisible();
  await visitor.goto(link.pathname + link.hash);

  await expect(visitor.getByRole("heading", { name: "This invitation does not count" })).toBeVisible();
});

test("where everybody signs up the page says that nobody needs an invitation", async ({ arrives }) => {
  const { page } = await arrives("ada");

  await page.goto("/settings/invitations");

  await expect(page.getByText("Anyone can sign up here without an invitation")).toBeVisible();
  await expect(page.getByRole("button", { name: "Make a link" })).toHaveCount(0);
});

import { expectAccessible, troubles } from "./support/accessibility";
import { codeOf } from "./support/authenticator";
import { PASSWORD } from "./support/person";
import { expect, test } from "./support/test";

test("signing in takes a code once one has set up an app, and a recovery code without it", async ({
  arrives,
  visitor,
}) => {
  const ada = await arrives("ada");
  const { page } = ada;
  const found = troubles(page);

  await page.goto("/settings/two-factor");
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
  await expectAccessible(page);
  const secret = String(await page.locator("code").textContent());
  await page.getByLabel("Code", { exact: true }).fill("000");
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("This is not the code")).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret, -1));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("Two-factor sign-in is on")).toBeVisible();
  await expectAccessible(page);
  const [recovery = ""] = String(await page.locator("code").textContent()).split("\n");

  const signsInWith = async (code: string) => {
    await visitor.goto("/login");
    await visitor.getByLabel("Email or username").fill("ada");
    await visitor.getByLabel("Password").fill(PASSWORD);
    await visitor.keyboard.press("Enter");
    await expect(visitor.getByLabel("Code of your authenticator app")).toBeFocused();
    await visitor.keyboard.type(code);
    await visitor.keyboard.press("Enter");
  };
  await signsInWith("000000x");
  await expect(visitor.getByText("The code is wrong")).toBeVisible();
  await expectAccessible(visitor);
  await signsInWith(codeOf(secret));
  await expect(visitor).not.toHaveURL(/login/);
  await visitor.context().clearCookies();
  await signsInWith(recovery);
  await expect(visitor).not.toHaveURL(/login/);

  await page.reload();
  await expect(page.getByText("9 left.")).toBeVisible();
  await page.getByLabel("Your password").first().fill(PASSWORD);
  await page.getByRole("button", { name: "Turn it off" }).click();
  await expect(page.getByText("Two-factor sign-in is off")).toBeVisible();
  expect(found).toEqual([]);
});

import type { Page } from "@playwright/test";

/** Chooses from the menu of somebody's account, in the list of people that server admins have. */
export async function choosesFor(page: Page, name: string, action: string) {
  await page.getByRole("button", { name: `Manage ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

export async function disables(page: Page, name: string) {
  await choosesFor(page, name, "Disable…");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
}

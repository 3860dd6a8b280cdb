import { PASSWORD } from "./support/person";
import { expect, test } from "./support/test";

test("a changed name shows at once, without a new connection", async ({ arrives }) => {
  const ada = await arrives("ada");
  const sockets: string[] = [];
  ada.page.on("websocket", (socket) => sockets.push(socket.url()));

  await ada.page.goto("/settings/profile");
  await expect.poll(() => sockets.length).toBe(1);
  await ada.page.getByLabel("Last name").fill("King");
  await ada.page.getByLabel("Last name").press("Enter");

  await expect(ada.page.getByRole("button", { name: /Ada King/ })).toBeVisible();
  await ada.page.reload();
  await expect(ada.page.getByLabel("Last name")).toHaveValue("King");
  await expect.poll(() => sockets.length).toBe(2);
});

test("what one chose for this device is there before the first paint", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.page.emulateMedia({ colorScheme: "light" });
  await ada.page.goto("/settings/appearance");
  await ada.page.getByLabel("Dark").check();
  await ada.page.getByLabel("Compact").check();
  await ada.page.getByLabel("Text size").press("ArrowRight");

  await ada.page.addInitScript(() => {
    const seen = () => ({ ...document.documentElement.dataset });
    new MutationObserver((_changes, observer) => {
      if (!document.body) return;
      observer.disconnect();
      sessionStorage.setItem("seen", JSON.stringify(seen()));
    }).observe(document, { childList: true, subtree: true });
  });
  await ada.page.reload();

  const seen = await ada.page.evaluate(() => sessionStorage.getItem("seen"));
  expect(JSON.parse(String(seen))).toEqual({ theme: "dark", density: "compact", textSize: "16" });
});

test("a new password ends the other logins, and a login can be ended from the list", async ({
  arrives,
  browser,
  server,
}) => {
  const ada = await arrives("ada");
  const context = await browser.newContext({ baseURL: server.url });
  const elsewhere = await context.newPage();
  const signIn = async (password: string) => {
    await elsewhere.goto("/login");
    await elsewhere.getByLabel("Email or username").fill("ada");
    await elsewhere.getByLabel("Password").fill(password);
    await elsewhere.keyboard.press("Enter");
  };
  await signIn(PASSWORD);
  await expect(elsewhere.getByRole("navigation", { name: "Rooms" })).toBeVisible();

  await ada.page.goto("/settings/password");
  await ada.page.getByLabel("Current password").fill("not-my-password-9");
  await ada.page.getByLabel("New password").fill("a-fresh-kettle-9");
  await ada.page.getByRole("button", { name: "Change password" }).click();
  await expect(ada.page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await ada.page.getByLabel("Current password").fill(PASSWORD);
  await ada.page.getByRole("button", { name: "Change password" }).click();
  await expect(ada.page.getByText("Password changed.")).toBeVisible();
  await expect(elsewhere.getByLabel("Password")).toBeVisible();

  await signIn("a-fresh-kettle-9");
  await expect(elsewhere.getByRole("navigation", { name: "Rooms" })).toBeVisible();
  await ada.page.goto("/settings/sessions");
  await expect(ada.page.getByText("This browser")).toHaveCount(1);
  await ada.page.getByRole("button", { name: "Sign out Chrome on Linux" }).click();
  await expect(elsewhere.getByLabel("Password")).toBeVisible();
  await expect(ada.page.getByText("You are signed in nowhere else.")).toBeVisible();
  await context.close();
});

test("opening the app shows no page to sign in on the way", async ({ arrives }) => {
  const ada = await arrives("ada");
  await ada.createsRoom("home");
  await ada.page.addInitScript(() => {
    const seen: (string | null)[] = [];
    Object.assign(globalThis, { headings: seen });
    new MutationObserver(() => seen.push(document.querySelector("h1")?.textContent ?? null)).observe(
      document,
      {
        childList: true,
        subtree: true,
      },
    );
  });

  await ada.page.goto("/");
  await ada.isIn("home");

  const headings = await ada.page.evaluate(() => (globalThis as unknown as { headings: string[] }).headings);
  expect([...new Set(headings)]).toEqual([null, "home"]);
});

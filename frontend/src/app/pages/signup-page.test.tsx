import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterContextProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { queryClient } from "@/shared/api/query-client";
import SignupPage from "./signup-page";

const button = () => screen.queryByRole("button", { name: "Create account" });

async function opens() {
  const root = createRootRoute();
  const signup = createRoute({ getParentRoute: () => root, path: "/signup" });
  const history = createMemoryHistory({ initialEntries: ["/signup"] });
  const router = createRouter({ routeTree: root.addChildren([signup]), history });
  await router.load();
  render(
    <QueryClientProvider client={queryClient}>
      <RouterContextProvider router={router as never}>
        <SignupPage />
      </RouterContextProvider>
    </QueryClientProvider>,
  );
}

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

it("has no form before it is known whether one signs up here", async () => {
  let answer = (_policy: Response) => {};
  const answers = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  vi.stubGlobal("fetch", () => answers);

  await opens();
  expect(screen.getByRole("status")).toHaveTextContent("Loading…");
  expect(button()).toBeNull();
  answer(Response.json({ signup: "closed", mail_domains: [], sends_mail: false }));

  expect(await screen.findByText(/Nobody signs up here/)).toBeInTheDocument();
  expect(button()).toBeNull();
});

it("has the form at once when the answer can't be had", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));

  await opens();

  await vi.waitFor(() => expect(button()).toBeInTheDocument(), { timeout: 500 });
});

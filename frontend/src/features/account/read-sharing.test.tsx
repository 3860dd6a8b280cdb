import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { queryClient } from "@/shared/api/query-client";
import { ada } from "@/test/factories";
import { ReadSharing } from "./read-sharing";

/** The server: what it holds, and whether it takes changes. */
const server = { shares_reads: true, isAway: false };

beforeEach(() => {
  Object.assign(server, { shares_reads: true, isAway: false });
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "PATCH") {
      if (server.isAway) throw new TypeError("network");
      Object.assign(server, await request.json());
    }
    return Response.json({ ...ada, shares_reads: server.shares_reads });
  });
  render(
    <QueryClientProvider client={queryClient}>
      <ReadSharing />
    </QueryClientProvider>,
  );
});

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

const toggle = () => screen.findByRole("switch", { name: "Let others see what I have read" });

it("is on until one says otherwise, and what one says is kept", async () => {
  expect(await toggle()).toBeChecked();

  await userEvent.click(await toggle());

  await vi.waitFor(async () => expect(await toggle()).toBeEnabled());
  expect(await toggle()).not.toBeChecked();
  expect(server.shares_reads).toBe(false);
});

it("goes back when the server could not be told", async () => {
  server.isAway = true;

  await userEvent.click(await toggle());

  await vi.waitFor(async () => expect(await toggle()).toBeEnabled());
  expect(await toggle()).toBeChecked();
});

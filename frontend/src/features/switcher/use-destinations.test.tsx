import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setSession } from "@/entities/session/session-store";
import type { UserSummary } from "@/shared/api/types";
import { ada, linus, ROOM_ID } from "@/test/factories";
import { type Group, useDestinations } from "./use-destinations";

const grace: UserSummary = { ...linus, id: "grace", username: "grace", display_name: "Grace Hopper" };

function opensSwitcher(typed: string, openRoomId?: string) {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const initialProps = { typed };
  return renderHook(({ typed }) => useDestinations(typed, openRoomId, []), { wrapper, initialProps });
}

const people = (groups: readonly Group[]) =>
  groups.flatMap(({ items }) => items).flatMap((found) => (found.kind === "person" ? [found.user] : []));

beforeEach(() => setSession({ status: "signed_in", user: ada }));
afterEach(() => vi.unstubAllGlobals());

it("offers the people whom the server knows by that name, whether a room is open or not", async () => {
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    const isDirectory = /\/api\/v1\/users\?query=r/.test(url);
    return Response.json({ items: isDirectory ? [grace, linus] : [], next_cursor: null });
  });

  const inRoom = opensSwitcher("r", ROOM_ID).result;
  const elsewhere = opensSwitcher("r").result;

  await vi.waitFor(() => expect(people(inRoom.current)).toEqual([grace, linus]));
  await vi.waitFor(() => expect(people(elsewhere.current)).toEqual([grace, linus]));
});

it("offers nobody whom what is typed no longer means while the server has not answered", async () => {
  vi.stubGlobal("fetch", ({ url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    if (searchParams.get("query") === "rv") return new Promise<Response>(() => {});
    return Promise.resolve(Response.json({ items: pathname.endsWith("/users") ? [grace, linus] : [] }));
  });
  const { result, rerender } = opensSwitcher("r");
  await vi.waitFor(() => expect(people(result.current)).toEqual([grace, linus]));

  rerender({ typed: "rv" });

  await vi.waitFor(() => expect(people(result.current)).toEqual([linus]));
});

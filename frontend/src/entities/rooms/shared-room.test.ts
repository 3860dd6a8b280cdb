import { afterEach, expect, it, vi } from "vitest";
import { queryClient } from "@/shared/api/query-client";
import { linus, room } from "@/test/factories";
import { myRoomsQuery } from "./my-rooms";
import { recentRooms } from "./recent-rooms";
import { sharedRoom } from "./shared-room";

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
  recentRooms.clear();
});

const kernel = room({ id: "kernel", name: "kernel" });
const docs = room({ id: "docs", name: "docs" });
const old = room({ id: "old", name: "old", archived_at: "2025-01-02T00:00:00Z" });

/** The server, with these people in these rooms; returns the rooms that it was asked about. */
function serverHas(members: Record<string, (typeof linus)[]>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const id = /rooms\/(\w+)\/members/.exec(request.url)?.[1] ?? "";
    asked.push(id);
    const items = (members[id] ?? []).map((user) => ({ user, role: "member" }));
    return Response.json({ items, next_cursor: null });
  });
  return asked;
}

it("is the room that was open last of those that both are in", async () => {
  queryClient.setQueryData(myRoomsQuery.queryKey, [docs, kernel, old]);
  for (const id of ["docs", "kernel", "old"]) recentRooms.add(id);
  const asked = serverHas({ docs: [linus], kernel: [linus], old: [linus] });

  expect(await sharedRoom(linus)).toEqual(kernel);
  expect(asked).toEqual(["kernel"]);
});

it("is none of somebody with a name that only begins alike", async () => {
  queryClient.setQueryData(myRoomsQuery.queryKey, [docs]);
  serverHas({ docs: [{ ...linus, id: "another", username: "linus2" }] });

  expect(await sharedRoom(linus)).toBeNull();
});

it("asks about the latest rooms only, where there are many", async () => {
  const many = Array.from({ length: 50 }, (_, at) => room({ id: `r${at}`, name: `r${at}` }));
  queryClient.setQueryData(myRoomsQuery.queryKey, many);
  recentRooms.add("r49");
  const asked = serverHas({});

  expect(await sharedRoom(linus)).toBeNull();
  expect(asked).toHaveLength(20);
  expect(asked[0]).toBe("r49");
});

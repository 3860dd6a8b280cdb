import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetReadMarks } from "@/entities/read-state/mark-read";
import { dropAllReadStates, readStateOf, seedReadStates } from "@/entities/read-state/read-state-store";
import { toastStore } from "@/shared/ui/toast-store";
import { ROOM_ID } from "@/test/factories";
import { markAllRead } from "./mark-all-read";

const OTHER_ID = ROOM_ID.replace(/.$/, "f");
const ids = [ROOM_ID, OTHER_ID];
const refusal = { title: "Forbidden", status: 403, detail: "Join the room first.", code: "forbidden" };

const titles = () => toastStore.getState().toasts.map(({ title }) => title);
const undo = () => toastStore.getState().toasts.at(-1)?.action?.run();

beforeEach(() => {
  const count = { head: 20, read_seq: 12, unread_count: 8, mention_count: 1 };
  seedReadStates(
    ids.map((roomId) => ({ roomId, count })),
    true,
  );
  toastStore.setState({ toasts: [] });
});

afterEach(() => {
  forgetReadMarks();
  dropAllReadStates();
  vi.unstubAllGlobals();
});

it("is undone in each room, to where its mark was", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(`${new URL(request.url).pathname} ${await request.text()}`);
    return new Response(null, { status: 204 });
  });

  markAllRead();
  expect(ids.map((id) => readStateOf(id)?.unread)).toEqual([0, 0]);
  undo();

  expect(ids.map((id) => readStateOf(id))).toMatchObject([
    { readSeq: 12, unread: 8, mentions: 1 },
    { readSeq: 12, unread: 8, mentions: 1 },
  ]);
  await vi.waitFor(() =>
    expect(asked.sort()).toEqual(ids.map((id) => `/api/v1/rooms/${id}/unread {"seq":13}`).sort()),
  );
});

it("says which share of the rooms could not be brought back, and why", async () => {
  vi.stubGlobal("fetch", async ({ url }: Request) =>
    url.includes(OTHER_ID)
      ? new Response(JSON.stringify(refusal), {
          status: 403,
          headers: { "content-type": "application/problem+json" },
        })
      : new Response(null, { status: 204 }),
  );

  markAllRead();
  undo();

  await vi.waitFor(() =>
    expect(titles()).toContain("1 of 2 rooms are still marked as read. Join the room first."),
  );
  expect(ids.map((id) => readStateOf(id)?.unread)).toEqual([8, 0]);
});

it("offers one way back at a time", () => {
  markAllRead();
  const count = { head: 21, read_seq: 20, unread_count: 1, mention_count: 0 };
  seedReadStates([{ roomId: ROOM_ID, count }], true);
  markAllRead();

  expect(titles()).toEqual(["1 room marked as read"]);
});

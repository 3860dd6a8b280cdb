import { describe, expect, it } from "vitest";
import type { OutboxItem } from "@/entities/outbox/outbox-store";
import { ada, linus, message, page, ROOM_ID } from "@/test/factories";
import { buildRows } from "./rows";
import { emptyTimeline, mergeNewest, mergeOlder } from "./timeline";

const timelineOf = (...messages: Parameters<typeof page>[0]) =>
  mergeNewest(emptyTimeline, page(messages)).timeline;
const rowsOf = (input: Partial<Parameters<typeof buildRows>[0]>) =>
  buildRows({ timeline: timelineOf(), pending: [], userId: ada.id, newAfter: null, ...input });
const kinds = (rows: ReturnType<typeof buildRows>) => rows.map((row) => row.kind);

const pendingItem: OutboxItem = {
  client_id: "c1",
  room_id: ROOM_ID,
  body: "on its way",
  created_at: "2025-11-20T10:00:00Z",
  state: "sending",
};

describe("rows", () => {
  it("begin with the intro and a day", () => {
    expect(kinds(rowsOf({ timeline: timelineOf(message(1)) }))).toEqual(["intro", "day", "message"]);
  });

  it("group messages of one author within five minutes", () => {
    const timeline = timelineOf(message(1), message(2), message(9), message(10, { author: ada }));

    const starts = rowsOf({ timeline }).flatMap((row) => (row.kind === "message" ? [row.startsGroup] : []));

    expect(starts).toEqual([true, false, true, true]);
  });

  it("keep the first message of a page a group's start, so that loading older ones moves nothing", () => {
    const newest = mergeNewest(
      emptyTimeline,
      page([message(2), message(3)], { has_more_before: true }),
    ).timeline;
    const timeline = mergeOlder(newest, page([message(1)]));

    const starts = rowsOf({ timeline }).flatMap((row) => (row.kind === "message" ? [row.startsGroup] : []));

    expect(starts).toEqual([true, true, false]);
  });

  it("have the New line before the first unread message of somebody else", () => {
    const timeline = timelineOf(message(1), message(2, { author: ada }), message(3, { author: linus }));

    expect(kinds(rowsOf({ timeline, newAfter: 1 }))).toEqual([
      "intro",
      "day",
      "message",
      "message",
      "new",
      "message",
    ]);
  });

  it("show a send until its message is there, under the same key", () => {
    const before = rowsOf({ timeline: timelineOf(message(1)), pending: [pendingItem] });
    const arrived = message(2, { author: ada, client_id: "c1" });
    const after = rowsOf({ timeline: timelineOf(message(1), arrived), pending: [pendingItem] });

    expect(before.at(-1)).toMatchObject({ kind: "pending", key: "c1" });
    expect(after.at(-1)).toMatchObject({ kind: "message", key: "c1" });
    expect(after).toHaveLength(before.length);
  });

  it("hide a send whose acknowledged seq the cursor has passed", () => {
    const sent: OutboxItem = { ...pendingItem, state: "sent", seq: 1 };

    expect(kinds(rowsOf({ timeline: timelineOf(message(1)), pending: [sent] }))).not.toContain("pending");
  });
});

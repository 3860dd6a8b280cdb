import { expect, it } from "vitest";
import type { MessageChange } from "@/shared/lib/database";
import { ada, linus, message, ROOM_ID } from "@/test/factories";
import { changesByMessage, withChanges } from "./optimistic";
import type { OutboxItem } from "./outbox-store";

const target = message(3);
const item = (change: MessageChange, over: Partial<OutboxItem> = {}): OutboxItem => ({
  client_id: "c1",
  room_id: ROOM_ID,
  body: "",
  created_at: "2025-11-20T10:00:00Z",
  state: "queued",
  change,
  ...over,
});
const react = (emoji: string, is_on: boolean) => item({ kind: "react", message_id: target.id, emoji, is_on });

it("an edit shows its text, unless it was refused", () => {
  const change = { kind: "edit", message_id: target.id, if_revision: 3, base: "" } as const;

  expect(withChanges(target, [item(change, { body: "better" })], ada.id).body).toBe("better");
  expect(withChanges(target, [item(change, { body: "no", state: "failed" })], ada.id)).toBe(target);
});

it("a deletion leaves a tombstone", () => {
  const gone = withChanges(target, [item({ kind: "delete", message_id: target.id })], ada.id);

  expect(gone).toMatchObject({ body: null, deleted_at: "2025-11-20T10:00:00Z" });
});

it("reactions are counted once each, and the last one taken away goes", () => {
  const liked = { ...target, reactions: [{ emoji: "👍", count: 1, user_ids: [linus.id] }] };

  expect(withChanges(liked, [react("👍", true), react("👍", true)], ada.id).reactions).toEqual([
    { emoji: "👍", count: 2, user_ids: [linus.id, ada.id] },
  ]);
  expect(withChanges(target, [react("🚀", true), react("🚀", false)], ada.id).reactions).toEqual([]);
});

it("changes are found by their message; new messages are none", () => {
  const { change: _change, ...send } = react("👍", true);

  expect([...changesByMessage([send, react("🚀", true)]).keys()]).toEqual([target.id]);
});

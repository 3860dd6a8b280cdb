import { afterEach, expect, it, vi } from "vitest";
import { ROOM_ID } from "@/test/factories";
import { applyReadMark, forgetReadMarks, markRead, wireReadMarks } from "./mark-read";
import { readStateOf, seedReadStates } from "./read-state-store";

const counts = { head: 20, read_seq: 5, unread_count: 15, mention_count: 0 };

afterEach(forgetReadMarks);

it("has the rest counted again only when the server has the mark, and never falls behind it", async () => {
  const recount = vi.fn(async () => {});
  const sender = vi.fn(async () => true);
  wireReadMarks({ sender, recount });
  seedReadStates([{ roomId: ROOM_ID, count: counts }], true);

  markRead(ROOM_ID, 12);
  await vi.waitFor(() => expect(sender).toHaveBeenCalledWith(ROOM_ID, 12));
  expect(recount).not.toHaveBeenCalled();
  seedReadStates([{ roomId: ROOM_ID, count: counts }], false);
  expect(readStateOf(ROOM_ID)?.readSeq).toBe(12);
  applyReadMark(ROOM_ID, 12);

  expect(recount).toHaveBeenCalledOnce();
});

it("asks for the counts again after a question that failed", async () => {
  const recount = vi.fn().mockRejectedValueOnce(new Error("no answer")).mockResolvedValue(undefined);
  wireReadMarks({ sender: async () => true, recount });
  seedReadStates([{ roomId: ROOM_ID, count: counts }], true);
  markRead(ROOM_ID, 12);

  applyReadMark(ROOM_ID, 12);
  await vi.waitFor(() => expect(recount).toHaveBeenCalledOnce());
  applyReadMark(ROOM_ID, 12);

  await vi.waitFor(() => expect(recount).toHaveBeenCalledTimes(2));
});

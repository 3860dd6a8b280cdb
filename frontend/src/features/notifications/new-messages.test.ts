import { expect, it } from "vitest";
import { applyEvents, emptyTimeline, follow, mergeNewest } from "@/entities/timeline/timeline";
import { created, event, message, page } from "@/test/factories";
import { arrived } from "./new-messages";

const seqs = (...timelines: Parameters<typeof arrived>) => arrived(...timelines).map(({ seq }) => seq);

it("tells what came after the cursor, once", () => {
  const before = follow(emptyTimeline, "e1", 4);
  const now = applyEvents(before, [created(5), created(6)]).timeline;

  expect(seqs(before, now)).toEqual([5, 6]);
  expect(seqs(now, now)).toEqual([]);
});

it("takes neither an edit nor a note for a new message", () => {
  const before = applyEvents(follow(emptyTimeline, "e1", 4), [created(5)]).timeline;
  const edited = { message: message(5, { revision: 6, body: "better" }) };
  const now = applyEvents(before, [
    event(6, "message_edited", edited),
    event(7, "member_joined", { user: message(1).author, role: "member" }),
  ]).timeline;

  expect(now.have).toBe(7);
  expect(seqs(before, now)).toEqual([]);
});

it("takes history for nothing new: the first page, and what one begins to follow", () => {
  const following = follow(emptyTimeline, "e1", 4);
  const loaded = mergeNewest(following, page([message(3), message(4)], { epoch: "e1" })).timeline;

  expect(seqs(emptyTimeline, following)).toEqual([]);
  expect(seqs(following, loaded)).toEqual([]);
});

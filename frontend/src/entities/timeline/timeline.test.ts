import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message, RoomEvent } from "@/shared/api/types";
import { created, event, linus, message, page } from "@/test/factories";
import {
  applyEvents,
  emptyTimeline,
  follow,
  mergeNewest,
  mergeOlder,
  type Timeline,
  trim,
  unload,
} from "./timeline";

const seqs = (timeline: Timeline) => timeline.entries.map((entry) => entry.seq);
const bodies = (timeline: Timeline) =>
  timeline.entries.map((entry) => (entry.kind === "message" ? entry.message.body : entry.note.kind));

describe("events", () => {
  it("apply in order, once", () => {
    const start = follow(emptyTimeline, "e1", 4);

    const { timeline, hasGap } = applyEvents(start, [created(5), created(5), created(6), created(4)]);

    expect(seqs(timeline)).toEqual([5, 6]);
    expect(timeline.have).toBe(6);
    expect(hasGap).toBe(false);
  });

  it("after a gap wait, and ask for what is missing", () => {
    const start = follow(emptyTimeline, "e1", 4);

    const { timeline, hasGap } = applyEvents(start, [created(5), created(7)]);

    expect(timeline.have).toBe(5);
    expect(hasGap).toBe(true);
  });

  it("of a room that is not followed change nothing", () => {
    expect(applyEvents(emptyTimeline, [created(1)]).timeline).toBe(emptyTimeline);
  });

  it("about members stand between the messages", () => {
    const start = follow(emptyTimeline, "e1", 0);

    const { timeline } = applyEvents(start, [
      created(1),
      event(2, "member_joined", { user: linus, role: "member" }),
      created(3),
    ]);

    expect(bodies(timeline)).toEqual(["message 1", "joined", "message 3"]);
  });

  it("of a kind from a newer server still move the cursor", () => {
    const start = follow(emptyTimeline, "e1", 0);

    expect(applyEvents(start, [event(1, "pin_added", {}), created(2)]).timeline.have).toBe(2);
  });
});

describe("pages", () => {
  it("begin the cursor at their as_of_seq and ask to subscribe after it", () => {
    const { timeline, mustSubscribe } = mergeNewest(
      emptyTimeline,
      page([message(8), message(9)], { as_of_seq: 12 }),
    );

    expect(timeline).toMatchObject({ have: 12, isLoaded: true });
    expect(mustSubscribe).toBe(true);
  });

  it("never move a cursor that the socket moves", () => {
    const following = follow(emptyTimeline, "e1", 10);

    const { timeline, mustSubscribe } = mergeNewest(following, page([message(9), message(14)]));
    const after = applyEvents(timeline, [created(11), created(12), created(13), created(14)]);

    expect(mustSubscribe).toBe(false);
    expect(timeline.have).toBe(10);
    expect(seqs(after.timeline)).toEqual([9, 11, 12, 13, 14]);
  });

  it("older than where the socket began set the cursor back", () => {
    const following = follow(emptyTimeline, "e1", 20);

    const { timeline, mustSubscribe } = mergeNewest(following, page([message(9)], { as_of_seq: 15 }));

    expect(timeline.have).toBe(15);
    expect(mustSubscribe).toBe(true);
  });

  it("of another epoch replace everything", () => {
    const { timeline: held } = mergeNewest(emptyTimeline, page([message(1), message(2)]));

    const { timeline } = mergeNewest(held, page([message(1, { body: "restored" })], { epoch: "e2" }));

    expect(bodies(timeline)).toEqual(["restored"]);
    expect(timeline.epoch).toBe("e2");
  });

  it("never bring back the text from before an edit that overtook them", () => {
    const { timeline: newest } = mergeNewest(emptyTimeline, page([message(9)], { has_more_before: true }));
    const edited = event(10, "message_edited", { message: message(3, { body: "edited", revision: 10 }) });
    const { timeline: later } = applyEvents(newest, [edited]);

    const full = mergeOlder(later, page([message(2), message(3)], { as_of_seq: 9 }));

    expect(bodies(full)).toEqual(["message 2", "edited", "message 9"]);
    expect(full.hasOlder).toBe(false);
  });
});

describe("bounds", () => {
  it("trimming keeps the newest and knows there is more", () => {
    const { timeline } = mergeNewest(emptyTimeline, page([1, 2, 3, 4].map((seq) => message(seq))));

    const trimmed = trim(timeline, 2);

    expect(seqs(trimmed)).toEqual([3, 4]);
    expect(trimmed).toMatchObject({ hasOlder: true, floor: 2, have: 4 });
  });

  it("an unloaded room goes on being followed", () => {
    const { timeline } = mergeNewest(emptyTimeline, page([message(1)]));

    expect(unload(timeline)).toMatchObject({ have: 1, isLoaded: false, entries: [] });
  });
});

const CHANGES = {
  edit: { kind: "message_edited", to: (seq: number) => ({ body: `edited at ${seq}` }) },
  react: {
    kind: "reaction_added",
    to: (seq: number) => ({ reactions: [{ emoji: "🚀", count: seq, user_ids: [linus.id] }] }),
  },
  delete: {
    kind: "message_deleted",
    to: (seq: number) => ({ body: null, deleted_at: new Date(seq * 60_000).toISOString() }),
  },
};

/** A server's log: messages, what became of earlier ones (edits, reactions, deletions), and notes. */
const logs = fc
  .array(
    fc.record({
      kind: fc.constantFrom("create", "create", "edit", "react", "delete", "join"),
      pick: fc.nat(),
    }),
    {
      maxLength: 40,
    },
  )
  .map((steps) => {
    const messages: Message[] = [];
    return steps.map(({ kind, pick }, index): RoomEvent => {
      const seq = index + 1;
      const old = messages[pick % Math.max(1, messages.length)];
      if (kind === "join") return event(seq, "member_joined", { user: linus, role: "member" });
      if (kind !== "create" && old) {
        const changed = { ...old, ...CHANGES[kind].to(seq), revision: seq };
        messages[messages.indexOf(old)] = changed;
        return event(seq, CHANGES[kind].kind, { message: changed });
      }
      messages.push(message(seq));
      return created(seq);
    });
  });

describe("any order, with repeats and losses", () => {
  it("ends in the same state as the log in order, asking again after each gap", () => {
    fc.assert(
      fc.property(logs, fc.infiniteStream(fc.nat()), fc.nat({ max: 60 }), (log, picks, deliveries) => {
        const expected = applyEvents(follow(emptyTimeline, "e1", 0), log).timeline;
        let timeline = follow(emptyTimeline, "e1", 0);
        for (let delivery = 0; delivery < deliveries && log.length > 0; delivery += 1) {
          const at = (picks.next().value ?? 0) % log.length;
          const batch = log.slice(at, at + 1 + ((picks.next().value ?? 0) % 4));
          if ((picks.next().value ?? 0) % 3 === 0) batch.reverse();
          const result = applyEvents(timeline, batch);
          timeline = result.timeline;
          if (result.hasGap) timeline = applyEvents(timeline, log.slice(timeline.have ?? 0)).timeline;
        }
        timeline = applyEvents(timeline, log.slice(timeline.have ?? 0)).timeline;

        expect(timeline.entries).toEqual(expected.entries);
        expect(timeline.have).toBe(expected.have);
      }),
    );
  });

  it("ends in the same state wherever pages come in between", () => {
    fc.assert(
      fc.property(logs, fc.nat(), fc.nat(), fc.nat({ max: 9 }), (log, begin, asOf, size) => {
        const stateAt = (seq: number) => {
          const { entries } = applyEvents(follow(emptyTimeline, "e1", 0), log.slice(0, seq)).timeline;
          return entries.flatMap((entry) => (entry.kind === "message" ? [entry.message] : []));
        };
        const pageAt = (seq: number, before: number) => {
          const known = stateAt(seq).filter((held) => held.seq < before);
          const messages = known.slice(-(size + 1));
          return page(messages, { as_of_seq: seq, has_more_before: messages.length < known.length });
        };
        const start = begin % (log.length + 1);
        const seen = asOf % (log.length + 1);
        let timeline = applyEvents(follow(emptyTimeline, "e1", start), log.slice(start)).timeline;
        timeline = mergeNewest(timeline, pageAt(seen, Number.POSITIVE_INFINITY)).timeline;
        timeline = applyEvents(timeline, log.slice(timeline.have ?? 0)).timeline;
        while (timeline.hasOlder) timeline = mergeOlder(timeline, pageAt(seen, timeline.floor + 1));

        const messages = timeline.entries.flatMap((entry) =>
          entry.kind === "message" ? [entry.message] : [],
        );
        expect(messages).toEqual(stateAt(log.length));
      }),
    );
  });
});

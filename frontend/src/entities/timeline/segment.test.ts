import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "@/shared/api/types";
import { message, page } from "@/test/factories";
import {
  extendBack,
  extendForth,
  join,
  meets,
  newestSeq,
  openSegment,
  refresh,
  type Segment,
} from "./segment";
import { emptyTimeline, mergeNewest, type Timeline } from "./timeline";

const seqs = ({ entries }: Timeline) => entries.map(({ seq }) => seq);
const range = (from: number, to: number): Message[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index));

describe("a segment", () => {
  it("grows both ways and takes later versions of what it holds", () => {
    let segment = openSegment(5, page([message(5)], { has_more_before: true, has_more_after: true }));
    segment = extendBack(segment, page([message(3), message(4)], { has_more_before: true }));
    segment = extendForth(segment, page([message(6)], { has_more_after: true }));
    segment = refresh(segment, message(4, { body: "edited", revision: 40 }));

    expect(seqs(segment.timeline)).toEqual([3, 4, 5, 6]);
    expect(segment.timeline).toMatchObject({ hasOlder: true, frontChanges: 1 });
    expect(segment.timeline.entries[1]).toMatchObject({ message: { body: "edited" } });
  });

  it("that does not reach the live end does not meet it", () => {
    const { timeline: live } = mergeNewest(emptyTimeline, page(range(90, 99), { has_more_before: true }));
    const segment = openSegment(5, page(range(1, 9), { has_more_after: true }));

    expect(meets(segment, live)).toBe(false);
    expect(meets(segment, emptyTimeline)).toBe(false);
  });

  it("of another epoch never meets", () => {
    const { timeline: live } = mergeNewest(emptyTimeline, page(range(1, 9)));

    expect(meets(openSegment(5, page(range(1, 9), { epoch: "e0" })), live)).toBe(false);
  });

  it("read on to the live end becomes one list without a hole, from wherever it began", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat({ max: 59 }),
        fc.integer({ min: 1, max: 20 }),
        (length, pick, size) => {
          const log = range(1, length);
          const target = (pick % length) + 1;
          const part = (from: number, to: number) =>
            page(log.slice(Math.max(0, from), to), {
              has_more_before: from > 0,
              has_more_after: to < length,
              as_of_seq: length,
            });
          const { timeline: live } = mergeNewest(emptyTimeline, part(length - size, length));
          let segment: Segment = openSegment(target, part(target - 1, target));

          while (!meets(segment, live)) {
            const newest = newestSeq(segment.timeline);
            segment = extendForth(segment, part(newest, Math.min(length, newest + size)));
          }
          const joined = join(segment, live);

          const from = Math.min(target, Math.max(1, length - size + 1));
          expect(seqs(joined)).toEqual(range(from, length).map(({ seq }) => seq));
          expect(joined.hasOlder).toBe(from > 1);
          expect(joined.have).toBe(live.have);
        },
      ),
    );
  });
});

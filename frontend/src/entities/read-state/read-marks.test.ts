import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ada, linus, message } from "@/test/factories";
import { answers, countFrom, hear, readUpTo, refuse, unreadAfter } from "./read-marks";
import { countMessage, type ReadState, seed } from "./read-state";

const start = seed({ head: 10, read_seq: 8, unread_count: 2, mention_count: 1 });
const three = { unread: 3, mentions: 1 };

describe("a mark of another device", () => {
  it("is taken, forward and back", () => {
    expect(hear(start, 10)).toMatchObject({ readSeq: 10, unread: 0 });
    expect(hear(start, 3).readSeq).toBe(3);
  });

  it("goes back from what the server has confirmed, not from what this one has read on to", () => {
    const ahead = readUpTo(start, 10);

    expect(hear(ahead, 3)).toBe(ahead);
    expect(hear(hear(ahead, 10), 3).readSeq).toBe(3);
  });

  it("is kept for later while the server has not answered to what is marked unread here", () => {
    const back = hear(unreadAfter(start, 4, three), 10);

    expect(back.readSeq).toBe(4);
    expect(refuse(back, 4)).toMatchObject({ readSeq: 10, unread: 0 });
  });
});

describe("what is marked unread", () => {
  it("shows at once, and stays when the server has it", () => {
    const back = unreadAfter(start, 4, three);

    expect(back).toMatchObject({ readSeq: 4, ...three });
    expect(hear(back, 4)).toMatchObject({ readSeq: 4, ...three, before: undefined });
  });

  it("is taken back when the server refuses, with what came meanwhile", () => {
    const back = countMessage(unreadAfter(start, 4, three), message(11, { author: linus }), ada);

    expect(back).toMatchObject({ unread: 4, countedTo: 11 });
    expect(refuse(back, 4)).toMatchObject({ readSeq: 8, unread: 3, countedTo: 11 });
  });

  it("is not taken back by the refusal of an earlier try", () => {
    const twice = unreadAfter(unreadAfter(start, 4, three), 2, three);

    expect(refuse(twice, 4)).toBe(twice);
    expect(refuse(hear(twice, 4), 2).readSeq).toBe(4);
  });

  it("counts what is held of others from there on, and no less than before when it goes back", () => {
    const held = [
      message(8, { author: ada }),
      message(9, { deleted_at: "2025-11-20T09:00:00Z" }),
      message(10, { body: "@ada look" }),
      message(11, { body: "not counted yet" }),
    ];

    expect(countFrom(start, 8, held, ada)).toEqual({ unread: 2, mentions: 1 });
    expect(countFrom(start, 10, held, ada)).toEqual({ unread: 1, mentions: 1 });
    expect(
      countFrom(seed({ head: 10, read_seq: 10, unread_count: 0, mention_count: 0 }), 8, held, ada),
    ).toEqual({ unread: 1, mentions: 1 });
  });
});

describe("the server's count", () => {
  const answer = { head: 10, read_seq: 8, unread_count: 2, mention_count: 1 };
  const back = unreadAfter(start, 4, three);
  const ahead = readUpTo(start, 10);
  it.each<[string, ReadState, ReadState | undefined, typeof answer, boolean]>([
    ["is taken where nothing has moved", start, start, answer, true],
    [
      "is taken with a lower mark, where this device has none of its own",
      start,
      start,
      { ...answer, read_seq: 3 },
      true,
    ],
    ["is not taken when it knows less of the room", start, start, { ...answer, head: 9 }, false],
    ["is not taken while a mark of this device is on its way", ahead, ahead, answer, false],
    ["is taken when it has that mark", ahead, ahead, { ...answer, read_seq: 10 }, true],
    ["is not taken while something marked unread is on its way", back, back, answer, false],
    ["is not taken when it was asked for before that", hear(back, 4), start, answer, false],
    ["nor when it was asked for while that was on its way", hear(back, 4), back, answer, false],
    [
      "is taken when it was asked for after that",
      hear(back, 4),
      hear(back, 4),
      { ...answer, read_seq: 4 },
      true,
    ],
  ])("%s", (_, held, asked, count, isTaken) => {
    expect(answers(held, asked, count)).toBe(isTaken);
  });
});

/**
 * One room, the server's mark, this device and another one. Frames of the server come in its order; each request of
 * this device arrives in the order in which they were made, as `pauseReadMarks` sees to.
 */
it("ends at the server's mark, whatever two devices do and however late it is heard", () => {
  const seq = fc.integer({ min: 0, max: 10 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant("read" as const), seq }),
    fc.record({ kind: fc.constant("unread" as const), seq, isRefused: fc.boolean() }),
    fc.record({ kind: fc.constant("other reads" as const), seq }),
    fc.record({ kind: fc.constant("other marks unread" as const), seq }),
    fc.record({ kind: fc.constant("server works" as const) }),
    fc.record({ kind: fc.constant("frame arrives" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let server = 8;
      let mine = seed({ head: 10, read_seq: server, unread_count: 2, mention_count: 0 });
      const requests: (() => void)[] = [];
      const frames: (() => void)[] = [];
      const set = (mark: number) => {
        if (mark === server) return;
        server = mark;
        frames.push(() => {
          mine = hear(mine, mark);
        });
      };
      const work = () => requests.shift()?.();
      const listen = () => frames.shift()?.();
      for (const step of steps) {
        if (step.kind === "other reads") set(Math.max(server, step.seq));
        else if (step.kind === "other marks unread") set(step.seq);
        else if (step.kind === "server works") work();
        else if (step.kind === "frame arrives") listen();
        else if (step.kind === "read") {
          if (mine.before) continue; // reading is held then
          const moved = readUpTo(mine, step.seq);
          if (moved === mine) continue;
          mine = moved;
          requests.push(() => set(Math.max(server, step.seq)));
        } else {
          mine = unreadAfter(mine, step.seq, { unread: 1, mentions: 0 });
          requests.push(() => {
            if (!step.isRefused) set(step.seq);
            const answer = step.isRefused
              ? () => {
                  mine = refuse(mine, step.seq);
                }
              : () => {
                  mine = hear(mine, step.seq);
                };
            frames.push(answer);
          });
        }
      }
      while (requests.length > 0) work();
      while (frames.length > 0) listen();

      expect(mine.readSeq).toBe(server);
      expect(mine.before).toBeUndefined();
    }),
  );
});

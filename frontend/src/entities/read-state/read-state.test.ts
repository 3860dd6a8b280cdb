import { describe, expect, it } from "vitest";
import { ada, linus, message } from "@/test/factories";
import { countMessage, mentions, moveReadMark, mustRecount, seed } from "./read-state";

const start = seed({ head: 10, read_seq: 8, unread_count: 2, mention_count: 1 });

describe("unread counts", () => {
  it("grow with messages of others after what the server counted", () => {
    const state = countMessage(start, message(11, { author: linus }), ada);

    expect(state).toMatchObject({ unread: 3, mentions: 1, countedTo: 11 });
  });

  it("never count a message twice, nor one's own", () => {
    const repeated = countMessage(start, message(10), ada);
    const own = countMessage(start, message(11, { author: ada }), ada);

    expect(repeated.unread).toBe(2);
    expect(own.unread).toBe(2);
  });

  it("stop at 100", () => {
    const many = seed({ head: 10, read_seq: 0, unread_count: 100, mention_count: 0 });

    expect(countMessage(many, message(11), ada).unread).toBe(100);
  });

  it("fall to nothing when everything is read, and only move forward", () => {
    const state = moveReadMark(start, 10);

    expect(state).toMatchObject({ unread: 0, mentions: 0, readSeq: 10 });
    expect(moveReadMark(state, 9)).toBe(state);
  });

  it("are asked of the server again when a mark leaves something unread", () => {
    expect(mustRecount(moveReadMark(start, 9))).toBe(true);
    expect(mustRecount(moveReadMark(start, 10))).toBe(false);
  });
});

describe("mentions", () => {
  it.each(["@ada", "hey @Ada!", "(@ada)", "thanks @ada."])("%s mentions ada", (body) => {
    expect(mentions(body, "ada")).toBe(true);
  });

  it("knows names in any script, and one that ends in a sign", () => {
    expect(mentions("hallo @Zoë!", "zoë")).toBe(true);
    expect(mentions("@zoëlle", "zoë")).toBe(false);
    expect(mentions("thanks @ada_", "ada_")).toBe(true);
  });

  it.each(["ada", "@adam", "mail@ada.org", "@", "x@ada"])("%s does not", (body) => {
    expect(mentions(body, "ada")).toBe(false);
  });
});

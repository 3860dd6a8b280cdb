import { describe, expect, it } from "vitest";
import { type Circumstances, decide } from "./decide";

const news: Circumstances = {
  isMine: false,
  isDeleted: false,
  isMention: false,
  isRead: false,
  level: "all",
  isSoundOn: true,
  quietForMs: Number.POSITIVE_INFINITY,
};

describe("decide", () => {
  it.each<[string, Partial<Circumstances>, ReturnType<typeof decide>]>([
    ["a message of somebody else", {}, "banner_and_sound"],
    ["a mention", { isMention: true }, "banner_and_sound"],
    ["my own message", { isMine: true }, "nothing"],
    ["my own message that mentions me", { isMine: true, isMention: true }, "nothing"],
    ["one that was deleted meanwhile", { isDeleted: true }, "nothing"],
    ["one that was read meanwhile, here or elsewhere", { isRead: true }, "nothing"],
    ["a mention that was read meanwhile", { isRead: true, isMention: true }, "nothing"],
    ["anything, while switched off", { level: "off", isMention: true }, "nothing"],
    ["a plain one, for mentions only", { level: "mentions" }, "nothing"],
    ["a mention, for mentions only", { level: "mentions", isMention: true }, "banner_and_sound"],
    ["without sound", { isSoundOn: false }, "banner"],
    ["soon after the last sound", { quietForMs: 4_999 }, "banner"],
    ["long enough after the last sound", { quietForMs: 5_000 }, "banner_and_sound"],
  ])("%s", (_name, over, verdict) => {
    expect(decide({ ...news, ...over })).toBe(verdict);
  });
});

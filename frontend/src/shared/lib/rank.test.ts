import { describe, expect, it } from "vitest";
import { rank } from "./rank";

const find = (typed: string, names: string[]) => rank(typed, names, (name) => [name]);

describe("rank", () => {
  it("puts the beginning of a name before the beginning of a word before the middle", () => {
    expect(find("back", ["feedback", "my-back", "back-end"])).toEqual(["back-end", "my-back", "feedback"]);
  });

  it("finds a name by its words' first letters", () => {
    expect(find("rt", ["start", "release-train", "general"])).toEqual(["release-train", "start"]);
  });

  it("leaves out what does not answer", () => {
    expect(find("xyz", ["general"])).toEqual([]);
  });

  it("keeps everything, in its order, while nothing is typed", () => {
    expect(find("  ", ["b", "a"])).toEqual(["b", "a"]);
  });

  it("takes the best of several names of one thing", () => {
    const commands = [
      { label: "Use the dark theme", words: "night" },
      { label: "Sign out", words: "leave" },
    ];

    expect(rank("night", commands, ({ label, words }) => [label, words])).toEqual([commands[0]]);
  });
});

import { describe, expect, it } from "vitest";
import { ada, linus } from "@/test/factories";
import { namingAt, shortcodeAt, suggestEmoji, suggestPeople } from "./completion";
import { format } from "./formatting";
import { isInsideCode } from "./inside-code";
import { fenced, looksLikeCode } from "./looks-like-code";

const naming = (text: string) => namingAt(text, text.length);

describe("a name at the caret", () => {
  it.each([
    ["@", { sign: "@", typed: "", from: 0 }],
    ["ask @li", { sign: "@", typed: "li", from: 4 }],
    ["(#rel", { sign: "#", typed: "rel", from: 1 }],
    ["ship it :ro", { sign: ":", typed: "ro", from: 8 }],
  ])("%j is being typed", (text, found) => expect(naming(text)).toEqual(found));

  it.each(["mail@example", "a:b", ":D", "12:30", "@ada ", "https://x.org/#top"])("%j is none", (text) =>
    expect(naming(text)).toBeNull(),
  );
});

it("people are found by either name, rooms and emoji by theirs", () => {
  expect(suggestPeople("torv", [ada, linus])).toMatchObject([{ insert: "@linus ", label: "Linus Torvalds" }]);
  expect(suggestEmoji("rock", { rocket: "🚀", moon: "🌙" })).toMatchObject([{ insert: "🚀 " }]);
});

describe("the code of an emoji", () => {
  const code = (text: string) => shortcodeAt(text, text.length);

  it.each([
    [":tada:", { name: "tada", from: 0 }],
    ["well done :+1:", { name: "+1", from: 10 }],
    ["🎉:tada:", { name: "tada", from: 2 }],
    ["_:tada:", { name: "tada", from: 1 }],
  ])("%j ends with one", (text, found) => expect(code(text)).toEqual(found));

  it.each([
    ":tada",
    ":tada: ",
    "a:tada:",
    "at 12:30:",
    "std::mem:",
    "https://x.org/:tada:",
    "::",
    "\\:tada:",
  ])("%j does not", (text) => expect(code(text)).toBeNull());
});

describe("a caret in code", () => {
  it.each(["`", "say `let x = ", "``a ` b", "```\nlet x;\n", "`one`, `two"])("stands after %j", (text) =>
    expect(isInsideCode(text)).toBe(true),
  );

  it.each(["", "`let x`", "```\nlet x;\n```\n", "a stray ` before\n\nthis"])("not after %j", (text) =>
    expect(isInsideCode(text)).toBe(false),
  );
});

describe("formatting", () => {
  const apply = (text: string, from: number, to: number, how: Parameters<typeof format>[3]) => {
    const done = format(text, from, to, how);
    return text.slice(0, done.from) + done.text + text.slice(done.to);
  };

  it("goes around the selection, and away again", () => {
    expect(apply("a b c", 2, 3, { around: "**" })).toBe("a **b** c");
    expect(apply("a **b** c", 4, 5, { around: "**" })).toBe("a b c");
  });

  it("makes a block on lines of its own", () => {
    expect(apply("say x", 4, 5, { block: "```" })).toBe("say \n```\nx\n```");
  });

  it("quotes every line that is touched", () => {
    expect(apply("one\ntwo", 1, 6, { perLine: "> " })).toBe("> one\n> two");
  });
});

describe("pasted code", () => {
  it.each(["fn main() {\n  x();\n}", "def f():\n    pass", "<div>\n</div>"])("%j looks like it", (text) =>
    expect(looksLikeCode(text)).toBe(true),
  );

  it.each(["one line;", "Dear all,\nsee you there\nAda", "```\nx;\n```"])("%j does not", (text) =>
    expect(looksLikeCode(text)).toBe(false),
  );

  it("gets a fence longer than any in it", () => {
    expect(fenced("a\n```\nb\n")).toBe("````\na\n```\nb\n````\n");
  });
});

import { describe, expect, it } from "vitest";
import { ariaKeys, comboOf, isPlain, isTyping, keyNames, keysInText, matches } from "./keys";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

describe("matches", () => {
  it("wants exactly the modifiers that are named", () => {
    expect(matches(press({ key: "k", ctrlKey: true }), "Mod+K")).toBe(true);
    expect(matches(press({ key: "k" }), "Mod+K")).toBe(false);
    expect(matches(press({ key: "K", ctrlKey: true, shiftKey: true }), "Mod+K")).toBe(false);
    expect(matches(press({ key: "ArrowUp", altKey: true, shiftKey: true }), "Alt+Shift+ArrowUp")).toBe(true);
  });

  it("takes a sign with or without Shift, as the layout has it", () => {
    expect(matches(press({ key: "?", shiftKey: true }), "?")).toBe(true);
    expect(matches(press({ key: "?" }), "?")).toBe(true);
    expect(matches(press({ key: "/", ctrlKey: true, shiftKey: true }), "Mod+/")).toBe(true);
  });

  it("goes by the key's place where the layout has no Latin letters", () => {
    expect(matches(press({ key: "л", code: "KeyK", ctrlKey: true }), "Mod+K")).toBe(true);
    expect(matches(press({ key: "t", code: "KeyK", ctrlKey: true }), "Mod+K")).toBe(false);
    expect(matches(press({ key: "ж", code: "Semicolon", ctrlKey: true }), "Mod+;")).toBe(true);
    expect(matches(press({ key: "Dead", code: "Quote", ctrlKey: true }), "Mod+'")).toBe(true);
  });

  it("goes by the place of a digit that says something else with Shift", () => {
    const shifted = { key: "(", code: "Digit9", ctrlKey: true, shiftKey: true };
    expect(matches(press(shifted), "Mod+Shift+9")).toBe(true);
    expect(matches(press({ ...shifted, code: "Digit8" }), "Mod+Shift+9")).toBe(false);
  });
});

describe("comboOf", () => {
  it.each<[KeyboardEventInit, string]>([
    [{ key: "k", code: "KeyK", ctrlKey: true }, "Mod+K"],
    [{ key: "ArrowUp", code: "ArrowUp", altKey: true, shiftKey: true }, "Alt+Shift+ArrowUp"],
    [{ key: "?", code: "Slash", shiftKey: true }, "?"],
    [{ key: "(", code: "Digit9", ctrlKey: true, shiftKey: true }, "Mod+Shift+9"],
    [{ key: "+", code: "Equal", ctrlKey: true, shiftKey: true }, "Mod+Plus"],
    [{ key: " ", code: "Space", altKey: true }, "Alt+Space"],
    [{ key: "л", code: "KeyK", ctrlKey: true }, "Mod+K"],
    [{ key: "F8", code: "F8" }, "F8"],
  ])("reads %j as %s, which the same keys match", (init, combo) => {
    expect(comboOf(press(init))).toBe(combo);
    expect(matches(press(init), combo)).toBe(true);
  });

  it("takes modifiers alone, the other system key and unknown signs for nothing", () => {
    expect(comboOf(press({ key: "Control", code: "ControlLeft", ctrlKey: true }))).toBeNull();
    expect(comboOf(press({ key: "k", code: "KeyK", metaKey: true }))).toBeNull();
    expect(comboOf(press({ key: "Dead", code: "IntlBackslash" }))).toBeNull();
  });
});

it("tells keys that type something from those that do not", () => {
  expect(["G", "Shift+G", "?", "Space", "Plus"].filter(isPlain)).toHaveLength(5);
  expect(["F8", "Mod+G", "Alt+G", "Delete", "Shift+ArrowUp"].filter(isPlain)).toEqual([]);
});

describe("isTyping", () => {
  it("is true in text boxes only", () => {
    const checkbox = document.createElement("input");
    checkbox.type = "checkbox";

    expect(isTyping(document.createElement("textarea"))).toBe(true);
    expect(isTyping(document.createElement("input"))).toBe(true);
    expect(isTyping(checkbox)).toBe(false);
    expect(isTyping(document.createElement("button"))).toBe(false);
  });
});

it("names keys as they are printed on the keyboard", () => {
  expect(keyNames("Alt+Shift+ArrowDown")).toEqual(["Alt", "Shift", "↓"]);
  expect(keyNames("Mod+K")).toEqual(["Ctrl", "K"]);
  expect(keyNames("Mod+Plus")).toEqual(["Ctrl", "+"]);
  expect(keysInText("Mod+Enter")).toBe("Ctrl+Enter");
});

it("names keys for the accessibility tree", () => {
  expect(ariaKeys(["Mod+K", "Alt+J"])).toBe("Control+K Alt+J");
  expect(ariaKeys([])).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import { isTyping, keyNames, matches } from "./keys";

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
  });
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
});

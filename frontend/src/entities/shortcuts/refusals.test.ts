import { afterEach, describe, expect, it, vi } from "vitest";
import { ownKeysStore, setOwnKeys } from "@/entities/preferences/own-keys";
import { setPreference } from "@/entities/preferences/preferences";
import { isPressed, keysOf } from "./bindings";
import { COMMAND_IDS, COMMANDS, type CommandId } from "./commands";
import { ownersOf, refusalOf } from "./refusals";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

afterEach(() => setOwnKeys(Object.fromEntries(COMMAND_IDS.map((id) => [id, undefined]))));

it("no two commands want the same keys in the same place", () => {
  for (const id of COMMAND_IDS) expect([id, ownersOf(COMMANDS[id].keys, id, {})]).toEqual([id, []]);
});

describe("a command's keys", () => {
  it("are the person's own where there are some, and none where they were taken away", () => {
    setOwnKeys({ jump: ["Mod+J"], members: [] });

    expect(isPressed(press({ key: "j", ctrlKey: true }), "jump")).toBe(true);
    expect(isPressed(press({ key: "k", ctrlKey: true }), "jump")).toBe(false);
    expect(isPressed(press({ key: ".", ctrlKey: true }), "members")).toBe(false);
  });

  it("stay what they are where they are fixed", () => {
    setOwnKeys({ send: ["Mod+J"] });

    expect(keysOf("send")).toEqual(["Enter"]);
  });

  it("that type something are switched off with the single keys, but not in the list", () => {
    setPreference("singleKeys", "off");

    expect(isPressed(press({ key: "?" }), "shortcuts")).toBe(false);
    expect(isPressed(press({ key: "/", ctrlKey: true }), "shortcuts")).toBe(true);
    expect(isPressed(press({ key: "r" }), "reply")).toBe(true);
    setPreference("singleKeys", "on");
    expect(isPressed(press({ key: "?" }), "shortcuts")).toBe(true);
  });

  it("outlive the page, and are forgotten when they are the defaults again", async () => {
    setOwnKeys({ jump: ["Mod+J"] });
    vi.resetModules();
    const next = await import("@/entities/preferences/own-keys");
    expect(next.ownKeysStore.getState()).toEqual({ jump: ["Mod+J"] });

    setOwnKeys({ jump: undefined });
    expect(localStorage.getItem("dc:keys")).toBeNull();
  });

  it("follow another tab, and what is no list of keys is not heeded", () => {
    localStorage.setItem("dc:keys", JSON.stringify({ jump: ["Mod+J"], members: "Mod+M", bold: [7] }));
    dispatchEvent(new StorageEvent("storage", { key: "dc:keys" }));
    expect(ownKeysStore.getState()).toEqual({ jump: ["Mod+J"] });

    localStorage.setItem("dc:keys", "not json");
    dispatchEvent(new StorageEvent("storage", { key: "dc:keys" }));
    expect(ownKeysStore.getState()).toEqual({});
  });
});

describe("refusalOf", () => {
  it.each<[string, CommandId]>([
    ["Tab", "jump"],
    ["Shift+Tab", "jump"],
    ["Enter", "bold"],
    ["Mod+Enter", "bold"],
    ["Escape", "jump"],
    ["G", "jump"],
    ["Shift+G", "bold"],
    ["/", "jump"],
    ["Space", "reply"],
    ["ArrowDown", "nextMessage"],
    ["Shift+ArrowLeft", "bold"],
    ["Mod+C", "bold"],
    ["Mod+T", "jump"],
    ["Mod+Shift+V", "bold"],
    ["Alt+ArrowLeft", "previousRoom"],
    ["F5", "jump"],
    ["Delete", "jump"],
    ["Mod+Alt+Q", "jump"],
  ])("%s is no key for %s", (combo, id) => {
    expect(refusalOf(combo, id)).toMatch(/\.$/);
  });

  it.each<[string, CommandId]>([
    ["Mod+J", "jump"],
    ["Mod+Shift+K", "jump"],
    ["Alt+J", "nextRoom"],
    ["Alt+PageDown", "nextRoom"],
    ["F8", "jump"],
    ["G", "reply"],
    ["Shift+G", "nextMessage"],
    ["#", "react"],
  ])("%s may be a key for %s", (combo, id) => {
    expect(refusalOf(combo, id)).toBeNull();
  });

  it("keeps the keys of fixed commands from everybody who would be in their way", () => {
    for (const id of COMMAND_IDS.filter((id) => !COMMANDS[id].isFixed)) {
      for (const owner of COMMAND_IDS.filter((other) => COMMANDS[other].isFixed)) {
        const free = keysOf(owner).filter((combo) => refusalOf(combo, id) === null);
        expect(ownersOf(free, id, {})).not.toContain(owner);
      }
    }
  });

  it("lets every command have its default keys", () => {
    for (const id of COMMAND_IDS)
      for (const combo of COMMANDS[id].keys) expect([combo, refusalOf(combo, id)]).toEqual([combo, null]);
  });
});

describe("ownersOf", () => {
  it("finds those who have the keys in an overlapping place", () => {
    expect(ownersOf(["Mod+B"], "jump", {})).toEqual(["bold"]);
    expect(ownersOf(["Mod+K"], "bold", {})).toEqual(["jump"]);
    expect(ownersOf(["J"], "reply", {})).toEqual(["nextMessage"]);
    expect(ownersOf(["Mod+J"], "members", { bold: ["Mod+J"], reply: ["Mod+J"] })).toEqual(["bold", "reply"]);
  });

  it("heeds neither places apart nor keys that were given up", () => {
    expect(ownersOf(["Mod+B"], "reply", {})).toEqual([]);
    expect(ownersOf(["Mod+K"], "bold", { jump: ["Mod+J"] })).toEqual([]);
    expect(ownersOf(["Mod+K"], "jump", {})).toEqual([]);
  });
});

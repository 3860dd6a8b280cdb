/** Which keys a command has now: the person's own, or else the default. */
import { useStore } from "zustand";
import { type OwnKeys, ownKeysStore } from "@/entities/preferences/own-keys";
import { preferences } from "@/entities/preferences/preferences";
import { isPlain, isTyping, keysInText, matches } from "@/shared/lib/keys";
import { COMMANDS, type CommandId } from "./commands";

export const keysOf = (id: CommandId, own: OwnKeys = ownKeysStore.getState()): readonly string[] =>
  (COMMANDS[id].isFixed ? undefined : own[id]) ?? COMMANDS[id].keys;

/** The first of them, within a text; empty where there are none. */
export const keysInTextOf = (id: CommandId): string => keysInText(keysOf(id)[0] ?? "");

export const useOwnKeys = (): OwnKeys => useStore(ownKeysStore);
export const useKeysOf = (id: CommandId): readonly string[] => keysOf(id, useOwnKeys());

/** Keys that hold everywhere and type something do so only where nobody types, and while they are switched on. */
export function isPressed(event: KeyboardEvent, id: CommandId): boolean {
  const mayBePlain =
    COMMANDS[id].place !== "everywhere" || (preferences().singleKeys === "on" && !isTyping(event.target));
  return keysOf(id).some((combo) => matches(event, combo) && (mayBePlain || !isPlain(combo)));
}

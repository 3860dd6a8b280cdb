/** How one command gets other keys: pressed, refused or taken from another command, saved at once, undone. */
import { type KeyboardEvent, useState } from "react";
import { type OwnKeys, setOwnKeys } from "@/entities/preferences/own-keys";
import { keysOf, useOwnKeys } from "@/entities/shortcuts/bindings";
import { COMMANDS, type CommandId } from "@/entities/shortcuts/commands";
import { ownersOf, refusalOf } from "@/entities/shortcuts/refusals";
import { comboOf } from "@/shared/lib/keys";

export type KeyChange =
  | { kind: "none" | "recording" }
  | { kind: "refused"; why: string }
  | { kind: "conflict"; keys: readonly string[]; owners: readonly CommandId[] }
  /** `before`: what Undo goes back to. */
  | { kind: "saved"; before: OwnKeys };

export function useKeyChange(id: CommandId) {
  const own = useOwnKeys();
  const [change, setChange] = useState<KeyChange>({ kind: "none" });
  /** Keys are awaited; what was refused may be followed by better ones. */
  const [isRecording, setIsRecording] = useState(false);

  const save = (changes: OwnKeys) => {
    const before = Object.fromEntries(Object.keys(changes).map((changed) => [changed, own[changed]]));
    setOwnKeys(changes);
    setIsRecording(false);
    setChange({ kind: "saved", before });
  };
  const stop = () => {
    setIsRecording(false);
    setChange({ kind: "none" });
  };
  const want = (keys: readonly string[]) => {
    const owners = ownersOf(keys, id, own);
    if (owners.length === 0) return save({ [id]: asChoice(id, keys) });
    setIsRecording(false);
    setChange({ kind: "conflict", keys, owners });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isRecording) return;
    const combo = comboOf(event.nativeEvent);
    event.stopPropagation(); // what the keys do so far, they don't do now
    // Tab leaves, so that nobody is caught here.
    if (event.key === "Tab") {
      setIsRecording(false);
      return setChange({ kind: "refused", why: "Tab moves through the page." });
    }
    event.preventDefault();
    if (event.repeat || combo === null) return;
    if (combo === "Escape") stop();
    else if (combo === "Backspace") save({ [id]: [] });
    else {
      const why = refusalOf(combo, id);
      if (why) setChange({ kind: "refused", why });
      else want([combo]);
    }
  };

  return {
    change,
    isRecording,
    isChanged: own[id] !== undefined,
    record: () => {
      setIsRecording(true);
      setChange({ kind: "recording" });
    },
    stop,
    onKeyDown,
    /** Takes the keys of the conflict away from the other commands. */
    takeOver: () => {
      if (change.kind !== "conflict") return;
      const { keys, owners } = change;
      const left = owners.map((owner) => [owner, keysOf(owner, own).filter((kept) => !keys.includes(kept))]);
      save({ ...Object.fromEntries(left), [id]: asChoice(id, keys) });
    },
    reset: () => want(COMMANDS[id].keys),
    undo: () => {
      if (change.kind === "saved") setOwnKeys(change.before);
      setChange({ kind: "none" });
    },
  };
}

/** Who chooses the default keys has chosen none of their own. */
const asChoice = (id: CommandId, keys: readonly string[]) =>
  keys.join(" ") === COMMANDS[id].keys.join(" ") ? undefined : keys;

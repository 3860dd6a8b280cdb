import { useRef, useState } from "react";
import { type OwnKeys, setOwnKeys } from "@/entities/preferences/own-keys";
import { useOwnKeys } from "@/entities/shortcuts/bindings";
import { Button } from "@/shared/ui/button";
import { NoteButton, SavedMark } from "./change-note";
import { COMMAND_GROUPS } from "./command-groups";
import { CommandRow } from "./command-row";

/** All commands with their keys, to be changed. */
export function CommandLists() {
  return (
    <>
      {COMMAND_GROUPS.map(({ title, ids }) => (
        <section key={title} aria-label={title}>
          <h3 className="mb-1 font-medium text-muted text-sm">{title}</h3>
          <ul className="divide-y divide-line">
            {ids.map((id) => (
              <CommandRow key={id} id={id} />
            ))}
          </ul>
        </section>
      ))}
      <ResetAll />
    </>
  );
}

function ResetAll() {
  const own = useOwnKeys();
  const [before, setBefore] = useState<OwnKeys | null>(null);
  const isChanged = Object.keys(own).length > 0;
  const button = useRef<HTMLButtonElement>(null);
  const reset = () => {
    if (!isChanged) return;
    setBefore(own);
    setOwnKeys(Object.fromEntries(Object.keys(own).map((id) => [id, undefined])));
  };
  const undo = () => {
    if (before) setOwnKeys(before);
    setBefore(null);
    button.current?.focus();
  };
  const isDone = before !== null && !isChanged;
  return (
    <div className="flex items-center gap-2 text-meta">
      {/* Not `disabled`: it would lose the focus by being pressed. */}
      <Button
        ref={button}
        onClick={reset}
        aria-disabled={!isChanged}
        className={isChanged ? "" : "cursor-default opacity-55"}
      >
        Reset all keys
      </Button>
      <span role="status">{isDone ? <SavedMark /> : null}</span>
      {isDone ? <NoteButton label="Undo" of="Reset all keys" onClick={undo} /> : null}
    </div>
  );
}

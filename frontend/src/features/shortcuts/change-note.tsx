import { Check } from "lucide-react";
import { COMMANDS } from "@/entities/shortcuts/commands";
import { keysInText } from "@/shared/lib/keys";
import type { KeyChange } from "./use-key-change";

interface ChangeNoteProps {
  id: string;
  change: KeyChange;
  /** What the keys do that are being changed. */
  does: string;
  onTakeOver: () => void;
  onLeave: () => void;
  onUndo: () => void;
}

/** What became of the keys that were pressed, below their command; read aloud. */
export function ChangeNote({ id, change, does, onTakeOver, onLeave, onUndo }: ChangeNoteProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-meta">
      <p id={id} role="status" className={change.kind === "refused" ? "text-danger" : "text-muted"}>
        {wordsFor(change)}
      </p>
      {change.kind === "conflict" ? (
        <>
          <NoteButton label="Take them" of={does} onClick={onTakeOver} />
          <NoteButton label="Leave it" of={does} onClick={onLeave} />
        </>
      ) : null}
      {change.kind === "saved" ? <NoteButton label="Undo" of={does} onClick={onUndo} /> : null}
    </div>
  );
}

export function NoteButton({ label, of, onClick }: { label: string; of: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-6 rounded-control px-1 font-medium text-accent underline"
    >
      {label}
      <span className="sr-only"> {of}</span>
    </button>
  );
}

function wordsFor(change: KeyChange) {
  switch (change.kind) {
    case "none":
      return null;
    case "recording":
      return "Press the new keys. Esc leaves it, Backspace removes the keys.";
    case "refused":
      return change.why;
    case "conflict":
      return `${nameAll(change.keys)} ${isFor(change)}.`;
    case "saved":
      return <SavedMark />;
  }
}

export const SavedMark = () => (
  <span className="text-ok">
    <Check size={13} className="mr-1 inline" aria-hidden="true" />
    Saved
  </span>
);

const nameAll = (keys: readonly string[]) => keys.map(keysInText).join(" or ");

const isFor = ({ owners }: Extract<KeyChange, { kind: "conflict" }>) =>
  `belongs to ${owners.map((owner) => `“${COMMANDS[owner].does}”`).join(" and ")}`;

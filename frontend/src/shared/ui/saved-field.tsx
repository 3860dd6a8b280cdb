import { Check } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { describeError } from "@/shared/api/api-error";

interface SavedFieldProps {
  label: string;
  value: string;
  hint?: string;
  maxLength?: number;
  autoComplete?: string;
  isDisabled?: boolean;
  /** What is wrong with a value, if anything. */
  check?: (value: string) => string | null;
  onSave: (value: string) => Promise<void>;
}

type Outcome =
  | { kind: "none" | "saving" }
  | { kind: "saved"; before: string }
  | { kind: "failed"; why: string };

/**
 * A text that is saved when one leaves it or presses Enter, and says so, with a way back. Esc gives up the change.
 * What was typed stays where it is when saving fails.
 */
export function SavedField(props: SavedFieldProps) {
  const { label, value, hint, maxLength, autoComplete = "off", isDisabled = false, check, onSave } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });
  const isFailed = outcome.kind === "failed";

  const save = async (next: string, before: string | null) => {
    setOutcome({ kind: "saving" });
    try {
      await onSave(next);
      setDraft(null);
      setOutcome(before === null ? { kind: "none" } : { kind: "saved", before });
    } catch (error) {
      setOutcome({ kind: "failed", why: describeError(error) });
    }
  };
  const commit = () => {
    if (draft === null || outcome.kind === "saving") return;
    const next = draft.trim();
    const problem = check?.(next);
    if (problem) return setOutcome({ kind: "failed", why: problem });
    if (next !== value) return void save(next, value);
    setDraft(null);
    setOutcome({ kind: "none" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") commit();
    if (event.key === "Escape" && draft !== null) {
      event.preventDefault();
      setDraft(null);
      setOutcome({ kind: "none" });
    }
  };

  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        <span role="status" className="text-meta text-ok">
          {outcome.kind === "saved" ? (
            <>
              <Check size={13} className="mr-1 inline" aria-hidden="true" />
              Saved
            </>
          ) : null}
          {outcome.kind === "saving" ? <span className="text-muted">Saving…</span> : null}
        </span>
        {outcome.kind === "saved" ? (
          <button
            type="button"
            className="-ml-2 mr-auto min-h-6 rounded-control px-1 font-medium text-accent text-meta underline"
            onClick={() => void save(outcome.before, null)}
          >
            Undo<span className="sr-only"> {label}</span>
          </button>
        ) : null}
      </div>
      <input
        id={id}
        value={draft ?? value}
        disabled={isDisabled}
        maxLength={maxLength}
        autoComplete={autoComplete}
        aria-invalid={isFailed}
        aria-describedby={isFailed || hint ? `${id}-note` : undefined}
        className="touch-target mt-1 block min-h-9 w-full rounded-control border border-strong bg-surface px-3 outline-offset-0 enabled:hover:border-muted disabled:border-line disabled:bg-bg disabled:text-muted aria-invalid:border-danger"
        onChange={(event) => {
          setDraft(event.target.value);
          setOutcome({ kind: "none" });
        }}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {isFailed || hint ? (
        <p
          id={`${id}-note`}
          role={isFailed ? "alert" : undefined}
          className={`mt-1 text-sm ${isFailed ? "text-danger" : "text-muted"}`}
        >
          {isFailed ? outcome.why : hint}
        </p>
      ) : null}
    </div>
  );
}

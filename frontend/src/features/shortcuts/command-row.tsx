import { useId, useRef } from "react";
import { COMMANDS, type CommandId } from "@/entities/shortcuts/commands";
import { ChangeNote } from "./change-note";
import { CommandKeys } from "./command-keys";
import { useKeyChange } from "./use-key-change";

const LOOK = "touch-target rounded-control px-1.5 py-0.5 text-sm font-medium text-accent hover:bg-hover";

/** One command with its keys, and how to give it others. */
export function CommandRow({ id }: { id: CommandId }) {
  const { does, isFixed } = COMMANDS[id];
  const noteId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const keys = useKeyChange(id);
  /** The focus stays on the button that hears the keys; what was pressed may be gone by then. */
  const andBack = (run: () => void) => () => {
    run();
    button.current?.focus();
  };
  return (
    <li className="py-1">
      <div className="flex min-h-9 items-center gap-3 max-md:flex-wrap max-md:gap-y-1">
        <span className="min-w-0 flex-1 text-sm max-md:basis-full">{does}</span>
        <span className="flex justify-end max-md:flex-1 max-md:justify-start">
          {keys.isRecording ? (
            <span className="text-accent text-sm">press keys…</span>
          ) : (
            <CommandKeys id={id} />
          )}
        </span>
        {isFixed ? (
          <span className="w-33 flex-none px-2 text-muted text-sm max-md:w-auto">fixed</span>
        ) : (
          <span className="flex w-33 flex-none max-md:w-auto">
            <button
              ref={button}
              type="button"
              aria-pressed={keys.isRecording}
              aria-label={`Change keys of ${does}`}
              aria-describedby={noteId}
              onClick={andBack(keys.isRecording ? keys.stop : keys.record)}
              onKeyDown={keys.onKeyDown}
              onKeyUp={(event) => keys.isRecording && event.preventDefault()}
              onBlur={() => keys.isRecording && keys.stop()}
              className={`${LOOK} ${keys.isRecording ? "bg-accent-soft" : ""}`}
            >
              Change
            </button>
            {keys.isChanged ? (
              <button
                type="button"
                aria-label={`Reset keys of ${does}`}
                onClick={andBack(keys.reset)}
                className={LOOK}
              >
                Reset
              </button>
            ) : null}
          </span>
        )}
      </div>
      <ChangeNote
        id={noteId}
        change={keys.change}
        does={does}
        onTakeOver={andBack(keys.takeOver)}
        onLeave={andBack(keys.stop)}
        onUndo={andBack(keys.undo)}
      />
    </li>
  );
}

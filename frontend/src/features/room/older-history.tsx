interface OlderHistoryProps {
  /** Fixed, whatever is shown: a change would move the messages below. */
  heightPx: number;
  state: "idle" | "loading" | "failed" | "done";
  onRetry: () => void;
}

/** The strip above the oldest loaded message. */
export function OlderHistory({ heightPx, state, onRetry }: OlderHistoryProps) {
  return (
    <div style={{ height: heightPx }} className="flex items-center justify-center px-4 text-muted text-sm">
      {state === "failed" ? (
        <p>
          Could not load older messages.{" "}
          <button type="button" className="font-medium text-accent underline" onClick={onRetry}>
            Retry
          </button>
        </p>
      ) : null}
      {state === "loading" ? <div className="skeleton appear-late h-3 w-40" aria-hidden="true" /> : null}
    </div>
  );
}

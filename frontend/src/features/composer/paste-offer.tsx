import { Code, X } from "lucide-react";

/** Above the message box: what was pasted can become a code block. */
export function PasteOffer({ onAccept, onDismiss }: { onAccept: () => void; onDismiss: () => void }) {
  return (
    <div role="status" className="flex items-center gap-2 border-line border-b px-3.5 py-1 text-sm">
      <Code size={15} className="text-muted" aria-hidden="true" />
      <span className="text-muted">That looks like code.</span>
      <button
        type="button"
        onClick={onAccept}
        className="touch-target rounded-control px-1.5 py-0.5 font-medium text-accent hover:bg-hover"
      >
        Format as code block
      </button>
      <button type="button" aria-label="Keep as text" className="icon-button ml-auto" onClick={onDismiss}>
        <X size={15} />
      </button>
    </div>
  );
}

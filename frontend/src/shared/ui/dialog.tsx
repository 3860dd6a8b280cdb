import { X } from "lucide-react";
import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef } from "react";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Gets the focus back; for a dialog opened from a menu, whose item is gone by then. */
  opener?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it traps and restores focus, closes on Esc and makes the rest inert. A library's
 * would inject a style tag to lock scrolling, which the Content-Security-Policy refuses. `data-autofocus` marks what
 * has the focus at first.
 */
export function Dialog({ title, onClose, opener, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // A layout effect: the browser restores the focus only when the dialog is closed while still in the document.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog?.close();
      opener?.current?.focus();
    };
  }, [opener]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Where the press began counts: selecting text in a field may end beside the dialog.
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className="w-[min(30rem,calc(100vw-2rem))] rounded-panel border border-line bg-raised p-0 shadow-float"
    >
      <div className="p-5">
        <header className="mb-4 flex items-center justify-between gap-4">
          <h2 id={titleId} className="font-semibold text-title">
            {title}
          </h2>
          <button type="button" aria-label="Close" className="icon-button" onClick={onClose}>
            <X size={18} />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

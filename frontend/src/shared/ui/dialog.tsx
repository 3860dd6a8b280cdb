import { X } from "lucide-react";
import { type ReactNode, type RefObject, useId } from "react";
import { useModal } from "./use-modal";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Gets the focus back; for a dialog opened from a menu, whose item is gone by then. */
  opener?: RefObject<HTMLElement | null> | undefined;
  /** For tables and the like. */
  isWide?: boolean;
  children: ReactNode;
}

/** A modal dialog with a title and a way out. */
export function Dialog({ title, onClose, opener, isWide = false, children }: DialogProps) {
  const modal = useModal(onClose, opener);
  const titleId = useId();
  const width = isWide ? "w-[min(44rem,calc(100vw-2rem))]" : "w-[min(30rem,calc(100vw-2rem))]";
  return (
    <dialog
      {...modal}
      aria-labelledby={titleId}
      className={`${width} rounded-panel border border-line bg-raised p-0 shadow-float`}
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

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { dismissToast, type Toast } from "./toast-store";

const DURATION_MS = 6_000;

/** Goes by itself, but not while somebody points at it, and not at all while it offers something. */
export function ToastRow({ toast: { id, title, tone, action } }: { toast: Toast }) {
  const [isHeld, setIsHeld] = useState(false);
  const stays = isHeld || action !== undefined;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismissToast(id), DURATION_MS);
    return () => clearTimeout(timer);
  }, [id, stays]);
  return (
    <div
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      className="pointer-events-auto flex items-center gap-2 rounded-card border border-line bg-raised py-1.5 pr-1.5 pl-4 shadow-float"
    >
      <p className={`flex-1 py-1 ${tone === "error" ? "text-danger" : ""}`}>{title}</p>
      {action ? (
        <button
          type="button"
          onClick={() => {
            dismissToast(id);
            action.run();
          }}
          className="touch-target min-h-8 rounded-control px-2 font-medium text-accent hover:bg-hover"
        >
          {action.label}
        </button>
      ) : null}
      <button type="button" aria-label="Dismiss" className="icon-button" onClick={() => dismissToast(id)}>
        <X size={16} />
      </button>
    </div>
  );
}

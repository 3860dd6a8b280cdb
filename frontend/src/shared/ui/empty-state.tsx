import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
}

/** A page or pane with nothing in it yet: what it is for, and the next step. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
      <span className="mb-4 grid size-14 place-items-center rounded-panel bg-accent-soft text-accent">
        <Icon size={26} aria-hidden="true" />
      </span>
      <h2 className="font-semibold text-title">{title}</h2>
      <div className="mt-1.5 flex flex-col items-center gap-4 text-muted">{children}</div>
    </div>
  );
}

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** It is the whole page, so its title is the page’s. */
  isPage?: boolean;
  children?: ReactNode;
}

/** A page or pane with nothing in it yet: what it is for, and the next step. */
export function EmptyState({ icon: Icon, title, isPage = false, children }: EmptyStateProps) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
      <span className="mb-4 grid size-14 place-items-center rounded-panel bg-accent-soft text-accent">
        <Icon size={26} aria-hidden="true" />
      </span>
      <Title className="font-semibold text-title">{title}</Title>
      <div className="mt-1.5 flex flex-col items-center gap-4 text-muted">{children}</div>
    </div>
  );
}

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface PageHeaderProps {
  icon: LucideIcon;
  title: string;
  part?: string | undefined;
  /** The way back, on phones: a link with the class `icon-button`. */
  back: ReactNode;
  children?: ReactNode;
}

/** The bar over a page, as high as that of a room. */
export function PageHeader({ icon: Icon, title, part, back, children }: PageHeaderProps) {
  return (
    <header className="flex h-14 flex-none items-center gap-2.5 border-line border-b px-(--gutter) max-md:px-1.5">
      {back}
      <Icon size={18} className="flex-none text-muted" aria-hidden="true" />
      <h1 className="min-w-0 truncate font-semibold text-title">
        {title}
        {part ? <span className="font-normal text-muted"> · {part}</span> : null}
      </h1>
      {children}
    </header>
  );
}

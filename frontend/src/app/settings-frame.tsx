import { Outlet } from "@tanstack/react-router";
import { ArrowLeft, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { PageHeader } from "@/shared/ui/page-header";
import { ErrorBoundary } from "./error-boundary";

interface SettingsFrameProps {
  icon: LucideIcon;
  title: string;
  /** The page that is open. */
  page: string | undefined;
  /** Links with the class `settings-link`. */
  links: ReactNode;
  /** No page of it is chosen: phones show the list alone. */
  isList: boolean;
  /** Wraps the arrow of the header into a link: out of the settings, or from a page to the list. */
  back: (arrow: ReactNode) => ReactNode;
}

/** Pages of settings beside their list; on phones one of the two. */
export function SettingsFrame({ icon, title, page, links, isList, back }: SettingsFrameProps) {
  return (
    <>
      <PageHeader icon={icon} title={title} part={page} back={back(<ArrowLeft size={20} />)} />
      <div className="grid min-h-0 flex-1 grid-cols-[13.5rem_minmax(0,1fr)] max-md:grid-cols-1">
        <nav
          aria-label={title}
          className={`space-y-0.5 overflow-y-auto border-line border-r p-3 max-md:border-0 ${isList ? "" : "max-md:hidden"}`}
        >
          {links}
        </nav>
        <div
          data-region
          className={`min-h-0 overflow-y-auto px-8 py-7 max-md:px-4 max-md:py-5 ${isList ? "max-md:hidden" : ""}`}
        >
          <div className="mx-auto max-w-2xl">
            <ErrorBoundary>
              <Outlet />
            </ErrorBoundary>
          </div>
        </div>
      </div>
    </>
  );
}

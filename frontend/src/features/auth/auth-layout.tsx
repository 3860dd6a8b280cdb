import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Logo } from "@/shared/ui/logo";

/** Decoration: where it can't be loaded, nothing stands in its place. */
const ProductPreview = lazy<ComponentType>(() =>
  import("./product-preview").catch(() => ({ default: () => null })),
);

interface AuthLayoutProps {
  title: string;
  subtitle: ReactNode;
  children?: ReactNode;
  footer: ReactNode;
}

/** The frame around signing in and up: the form, and on wide screens a glimpse of the product. */
export function AuthLayout({ title, subtitle, children, footer }: AuthLayoutProps) {
  return (
    <div className="grid h-full overflow-y-auto bg-surface wide:grid-cols-[minmax(30rem,2fr)_3fr]">
      <main className="flex min-h-full flex-col px-6 py-8">
        <p className="mx-auto flex w-full max-w-sm items-center gap-2.5 font-semibold text-title">
          <Logo />
          DevsChat
        </p>
        <div className="mx-auto my-auto w-full max-w-sm py-10">
          <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
          <p className="mt-1.5 mb-6 text-muted">{subtitle}</p>
          {children}
          <p className="mt-6 text-muted text-sm">{footer}</p>
        </div>
      </main>
      <div className="hidden bg-sidebar wide:block">
        <Suspense>
          <ProductPreview />
        </Suspense>
      </div>
    </div>
  );
}

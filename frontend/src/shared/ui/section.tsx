import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}

/** A part of a settings page. */
export function Section({ title, hint, children }: SectionProps) {
  return (
    <section className="border-line border-b py-6 first:pt-0 last:border-b-0">
      <h2 className="font-semibold">{title}</h2>
      {hint ? <p className="mt-0.5 text-muted text-sm">{hint}</p> : null}
      <div className="mt-4 space-y-4 empty:hidden">{children}</div>
    </section>
  );
}

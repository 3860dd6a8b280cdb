import { Fragment } from "react";
import { Keys } from "@/shared/ui/keys";
import { KEYBOARD_MAP } from "./keyboard-map";

/** All shortcuts, a table per group. */
export function ShortcutTables() {
  return (
    <div className="[columns:18rem] gap-x-8">
      {KEYBOARD_MAP.map(({ title, shortcuts }) => (
        <section key={title} aria-label={title} className="mb-5 break-inside-avoid">
          <h3 className="mb-1 font-medium text-muted text-sm">{title}</h3>
          <dl className="divide-y divide-line">
            {shortcuts.map(({ keys, does }) => (
              <div key={does} className="flex min-h-9 items-center justify-between gap-4 py-1.5">
                <dt className="text-sm">{does}</dt>
                <dd className="flex max-w-2/3 flex-none flex-wrap justify-end gap-1.5">
                  {keys.map((combo, index) => (
                    <Fragment key={combo}>
                      {index > 0 ? <span className="text-meta text-muted">or</span> : null}
                      <Keys combo={combo} />
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

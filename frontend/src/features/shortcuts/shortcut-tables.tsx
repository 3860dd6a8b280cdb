import { COMMANDS } from "@/entities/shortcuts/commands";
import { COMMAND_GROUPS } from "./command-groups";
import { CommandKeys } from "./command-keys";

/** All shortcuts, a table per group. */
export function ShortcutTables() {
  return (
    <div className="[columns:18rem] gap-x-8">
      {COMMAND_GROUPS.map(({ title, ids }) => (
        <section key={title} aria-label={title} className="mb-5 break-inside-avoid">
          <h3 className="mb-1 font-medium text-muted text-sm">{title}</h3>
          <dl className="divide-y divide-line">
            {ids.map((id) => (
              <div key={id} className="flex min-h-9 items-center justify-between gap-4 py-1.5">
                <dt className="text-sm">{COMMANDS[id].does}</dt>
                <dd className="flex max-w-2/3 flex-none justify-end">
                  <CommandKeys id={id} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

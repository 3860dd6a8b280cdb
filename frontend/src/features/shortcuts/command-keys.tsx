import { Fragment } from "react";
import { useKeysOf } from "@/entities/shortcuts/bindings";
import type { CommandId } from "@/entities/shortcuts/commands";
import { Keys } from "@/shared/ui/keys";

/** The keys that a command has now. */
export function CommandKeys({ id }: { id: CommandId }) {
  const keys = useKeysOf(id);
  return (
    <span className="inline-flex flex-wrap justify-end gap-1.5">
      {keys.length === 0 ? <span className="text-muted text-sm">no keys</span> : null}
      {keys.map((combo, index) => (
        <Fragment key={combo}>
          {index > 0 ? <span className="text-meta text-muted">or</span> : null}
          <Keys combo={combo} />
        </Fragment>
      ))}
    </span>
  );
}

import { Archive } from "lucide-react";
import { mayArchive } from "@/entities/rooms/permissions";
import type { Room } from "@/shared/api/types";
import { useArchiving } from "./use-archiving";

/** Where one would write in an archived room: why nobody can, and the way back for whoever may. */
export function ArchivedNote({ room }: { room: Room }) {
  const { isBusy, setArchived } = useArchiving(room);
  return (
    <div
      role="note"
      className="flex min-h-14 flex-none flex-wrap items-center justify-center gap-x-2.5 border-line border-t px-(--gutter) py-2 text-sm"
    >
      <Archive size={15} className="flex-none text-muted" aria-hidden="true" />
      <span>Archived: it can be read, not written in.</span>
      {mayArchive(room) ? (
        <button
          type="button"
          disabled={isBusy}
          onClick={() => void setArchived(false)}
          className="min-h-6 rounded-control px-1 font-medium text-accent underline underline-offset-2"
        >
          Unarchive
        </button>
      ) : null}
    </div>
  );
}

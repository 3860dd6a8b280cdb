import type { RefObject } from "react";
import { $api } from "@/shared/api/client";
import type { Message } from "@/shared/api/types";
import { Markdown } from "@/shared/lib/markdown/markdown";
import { formatFull } from "@/shared/lib/time";
import { Dialog } from "@/shared/ui/dialog";

interface EditsDialogProps {
  message: Message;
  /** The message’s row. */
  opener?: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** What a message said before, newest first. */
export default function EditsDialog({ message, opener, onClose }: EditsDialogProps) {
  const { data, isError } = $api.useQuery(
    "get",
    "/api/v1/rooms/{room_id}/messages/{message_id}/edits",
    { params: { path: { room_id: message.room_id, message_id: message.id } } },
    { staleTime: 0, gcTime: 0 },
  );
  const versions = [
    { revision: message.revision, body: message.body ?? "", created_at: message.edited_at ?? "" },
    ...(data?.items ?? []).toSorted((a, b) => b.revision - a.revision),
  ];
  return (
    <Dialog title="Earlier versions" opener={opener} onClose={onClose} isWide>
      <p className="mb-3 text-muted">Written and edited by {message.author.display_name}.</p>
      {isError ? <p className="text-danger">Could not load the earlier versions.</p> : null}
      <ol className="max-h-[60dvh] space-y-3 overflow-y-auto" aria-busy={!data && !isError}>
        {versions.map(({ revision, body, created_at }, index) => (
          <li key={revision} className="rounded-card border border-line p-3">
            <p className="mb-1 text-meta text-muted">
              {index === 0 ? "Now, since " : ""}
              <time dateTime={created_at}>{formatFull(created_at)}</time>
            </p>
            <Markdown source={body} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

import { CircleAlert } from "lucide-react";
import { startEdit } from "@/entities/composing/composing-store";
import { discardSend, retrySend } from "@/entities/outbox/outbox";
import type { OutboxItem } from "@/entities/outbox/outbox-store";
import type { Message } from "@/shared/api/types";
import { saveEdit } from "./message-actions";

const actionClass =
  "touch-target rounded-control px-1.5 py-0.5 font-medium text-fg underline underline-offset-2 hover:bg-hover";

const NAMES = { edit: "Your edit was not saved", delete: "Not deleted", react: "Your reaction was not kept" };

/** A change of mine that the server refused: its text is kept, with ways out. */
export default function FailedChange({ message, item }: { message: Message; item: OutboxItem }) {
  const kind = item.change?.kind ?? "edit";
  const discard = () => void discardSend(item.client_id);
  const retry = () => {
    if (kind !== "edit") return void retrySend(item.client_id);
    discard();
    void saveEdit(message, item.body); // over what the message says by now
  };
  const editAgain = () => {
    discard();
    startEdit(item.room_id, message.id, item.body);
  };
  return (
    <div role="alert" className="mt-1 text-danger text-sm">
      {kind === "edit" ? (
        <blockquote className="mb-1 whitespace-pre-wrap border-danger border-l-2 pl-2 text-fg">
          {item.body}
        </blockquote>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <CircleAlert size={14} aria-hidden="true" />
        <span>
          {NAMES[kind]}. {item.error}
        </span>
        <button type="button" className={actionClass} onClick={retry}>
          Retry
        </button>
        {kind === "edit" ? (
          <button type="button" className={actionClass} onClick={editAgain}>
            Edit
          </button>
        ) : null}
        <button type="button" className={actionClass} onClick={discard}>
          Discard
        </button>
      </div>
    </div>
  );
}

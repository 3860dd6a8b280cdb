import { CircleAlert, Clock } from "lucide-react";
import { giveBack } from "@/entities/composing/given-back";
import { useIsLive } from "@/entities/connection/connection-store";
import { discardSend, retrySend } from "@/entities/outbox/outbox";
import type { OutboxItem } from "@/entities/outbox/outbox-store";
import type { User } from "@/shared/api/types";
import { Markdown } from "@/shared/lib/markdown/markdown";
import { MessageFrame } from "./message-frame";
import { Quote } from "./quote";

interface PendingRowProps {
  item: OutboxItem;
  startsGroup: boolean;
  me: User;
}

const actionClass =
  "touch-target rounded-control px-1.5 py-0.5 font-medium text-fg underline underline-offset-2 hover:bg-hover";

/** A message of mine on its way: fades if it takes long, says so while queued, offers ways out when refused. */
export function PendingRow({ item, startsGroup, me }: PendingRowProps) {
  const isLive = useIsLive();
  const isFailed = item.state === "failed";
  const isUnderWay = item.state === "queued" || item.state === "sending";
  const editAgain = () => {
    void discardSend(item.client_id);
    giveBack(item.room_id, item.body);
  };
  return (
    <MessageFrame
      id={item.client_id}
      rowKey={item.client_id}
      author={me}
      at={item.created_at}
      startsGroup={startsGroup}
      state={item.state}
    >
      {item.reply_to ? <Quote roomId={item.room_id} messageId={item.reply_to} /> : null}
      <div className={isUnderWay ? "pending" : ""}>
        <Markdown source={item.body} me={me.username} />
      </div>
      {isFailed ? (
        <div role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-danger text-sm">
          <CircleAlert size={14} aria-hidden="true" />
          <span>Not sent. {item.error}</span>
          <button type="button" className={actionClass} onClick={() => void retrySend(item.client_id)}>
            Retry
          </button>
          <button type="button" className={actionClass} onClick={editAgain}>
            Edit
          </button>
          <button type="button" className={actionClass} onClick={() => void discardSend(item.client_id)}>
            Delete
          </button>
        </div>
      ) : null}
      {item.state === "queued" && !isLive ? (
        <p className="flex items-center gap-1.5 text-meta text-muted">
          <Clock size={12} aria-hidden="true" />
          Waiting for connection
        </p>
      ) : null}
    </MessageFrame>
  );
}

import { mentions } from "@/entities/read-state/read-state";
import type { Message, User } from "@/shared/api/types";
import { Markdown } from "@/shared/lib/markdown/markdown";
import { MessageFrame } from "./message-frame";

interface MessageRowProps {
  message: Message;
  startsGroup: boolean;
  me: User;
}

export function MessageRow({ message, startsGroup, me }: MessageRowProps) {
  const { id, author, body, created_at, edited_at, deleted_at } = message;
  const isDeleted = body == null || deleted_at != null;
  const isMention = !isDeleted && author.id !== me.id && mentions(body, me.username);
  return (
    <MessageFrame id={id} author={author} at={created_at} startsGroup={startsGroup} isMention={isMention}>
      {isDeleted ? (
        <p className="text-muted italic">This message was deleted.</p>
      ) : (
        <Markdown source={body} me={me.username} />
      )}
      {edited_at != null && !isDeleted ? <span className="text-meta text-muted">(edited)</span> : null}
    </MessageFrame>
  );
}

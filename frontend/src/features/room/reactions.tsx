import { useState } from "react";
import { usePeople } from "@/entities/rooms/use-people";
import type { Message } from "@/shared/api/types";
import { Tooltip } from "@/shared/ui/tooltip";
import { useTooltip } from "@/shared/ui/use-tooltip";
import { toggleReaction } from "./message-actions";
import { namesOf } from "./reaction-names";

interface ReactionsProps {
  message: Message;
  userId: string;
  isFixed: boolean;
}

/** Under a message: each emoji with how many, and who when pointed at. Pressing adds or takes away mine. */
export function Reactions({ message, userId, isFixed }: ReactionsProps) {
  return (
    <ul className="mt-1 flex flex-wrap gap-1" aria-label="Reactions">
      {message.reactions.map(({ emoji, count, user_ids }) => (
        <li key={emoji}>
          <ReactionButton
            emoji={emoji}
            count={count}
            userIds={user_ids}
            roomId={message.room_id}
            userId={userId}
            isFixed={isFixed}
            onToggle={() => toggleReaction(message, emoji, userId)}
          />
        </li>
      ))}
    </ul>
  );
}

interface ReactionButtonProps {
  emoji: string;
  count: number;
  userIds: readonly string[];
  roomId: string;
  userId: string;
  isFixed: boolean;
  onToggle: () => void;
}

function ReactionButton({ emoji, count, userIds, roomId, userId, isFixed, onToggle }: ReactionButtonProps) {
  const { anchor, handlers } = useTooltip();
  return (
    <>
      <button
        type="button"
        aria-pressed={userIds.includes(userId)}
        aria-label={`${emoji}, ${count} ${count === 1 ? "reaction" : "reactions"}`}
        disabled={isFixed}
        onClick={onToggle}
        className="reaction touch-target"
        {...handlers}
      >
        <span className="emoji">{emoji}</span>
        <span className="tabular-nums">{count}</span>
      </button>
      {anchor ? <Who anchor={anchor} roomId={roomId} userIds={userIds} userId={userId} /> : null}
    </>
  );
}

/** Asks for the names only when somebody wants them. */
function Who(props: { anchor: DOMRect; roomId: string; userIds: readonly string[]; userId: string }) {
  const people = usePeople(props.roomId);
  const [count] = useState(props.userIds.length);
  if (!people) return null;
  return (
    <Tooltip key={count} anchor={props.anchor}>
      {namesOf(props.userIds, people, props.userId)}
    </Tooltip>
  );
}

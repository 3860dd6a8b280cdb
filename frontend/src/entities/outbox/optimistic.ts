/** What changes on their way out make of the messages they change, before the server has answered. Pure. */
import type { Message } from "@/shared/api/types";
import type { OutboxItem } from "./outbox-store";

const NONE: ReadonlyMap<string, OutboxItem[]> = new Map();

export function changesByMessage(items: readonly OutboxItem[]): ReadonlyMap<string, OutboxItem[]> {
  const changes = items.filter((item) => item.change);
  if (changes.length === 0) return NONE;
  const byMessage = new Map<string, OutboxItem[]>();
  for (const item of changes) {
    const id = item.change?.message_id ?? "";
    byMessage.set(id, [...(byMessage.get(id) ?? []), item]);
  }
  return byMessage;
}

/** In order; what was refused changes nothing. */
export function withChanges(message: Message, items: readonly OutboxItem[], userId: string): Message {
  return items.reduce(
    (changed, item) => (item.state === "failed" ? changed : apply(changed, item, userId)),
    message,
  );
}

function apply(message: Message, { change, body, created_at }: OutboxItem, userId: string): Message {
  switch (change?.kind) {
    case "edit":
      return message.body === body ? message : { ...message, body, edited_at: created_at };
    case "delete":
      return { ...message, body: null, deleted_at: created_at, reactions: [] };
    case "react":
      return { ...message, reactions: react(message.reactions, change.emoji, change.is_on, userId) };
    default:
      return message;
  }
}

function react(
  reactions: Message["reactions"],
  emoji: string,
  isOn: boolean,
  userId: string,
): Message["reactions"] {
  const held = reactions.find((reaction) => reaction.emoji === emoji);
  if (isOn === (held?.user_ids.includes(userId) ?? false)) return reactions;
  if (!held) return [...reactions, { emoji, count: 1, user_ids: [userId] }];
  const changed = isOn
    ? { emoji, count: held.count + 1, user_ids: [...held.user_ids, userId] }
    : { emoji, count: held.count - 1, user_ids: held.user_ids.filter((id) => id !== userId) };
  return reactions.flatMap((reaction) => {
    if (reaction !== held) return [reaction];
    return changed.count > 0 ? [changed] : [];
  });
}

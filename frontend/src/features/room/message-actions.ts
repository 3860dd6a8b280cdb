/** What one can do to a message. Changes go through the outbox, so they outlive the connection and the tab. */
import { focusComposer, replyTo, startEdit } from "@/entities/composing/composing-store";
import { discardSend, enqueue } from "@/entities/outbox/outbox";
import type { Message, Room } from "@/shared/api/types";
import { noteEmoji } from "@/shared/lib/recent-emoji";
import { dismissToast, toast } from "@/shared/ui/toast-store";

const UNDO_MS = 6_000;

export interface Abilities {
  /** Has a read mark here. */
  mayRead: boolean;
  mayWrite: boolean;
  mayEdit: boolean;
  mayDelete: boolean;
}

export function abilitiesOf(message: Message, room: Room, userId: string): Abilities {
  const mayWrite = !room.archived_at && room.role != null && message.deleted_at == null;
  const isMine = message.author.id === userId;
  return {
    mayRead: room.role != null,
    mayWrite,
    mayEdit: mayWrite && isMine,
    mayDelete: mayWrite && (isMine || room.role !== "member"),
  };
}

export function reply(message: Message) {
  replyTo(message.room_id, message);
  focusComposer();
}

export const edit = (message: Message) => startEdit(message.room_id, message.id, message.body ?? "");

export function saveEdit(message: Message, body: string): Promise<unknown> {
  const change = { kind: "edit", message_id: message.id, if_revision: message.revision } as const;
  return keep(enqueue(message.room_id, body, { change: { ...change, base: message.body ?? "" } }));
}

export function toggleReaction(message: Message, emoji: string, userId: string) {
  const held = message.reactions.find((reaction) => reaction.emoji === emoji);
  const is_on = !held?.user_ids.includes(userId);
  if (is_on) noteEmoji(emoji);
  const change = { kind: "react", message_id: message.id, emoji, is_on } as const;
  void keep(enqueue(message.room_id, "", { change }));
}

/** Gone at once for me; the server hears of it when there was time to think better of it. */
export async function remove(message: Message) {
  const change = { kind: "delete", message_id: message.id } as const;
  const id = await keep(enqueue(message.room_id, "", { change, not_before: Date.now() + UNDO_MS }));
  if (!id) return;
  const notice = toast("Message deleted", "info", { label: "Undo", run: () => void discardSend(id) });
  setTimeout(() => dismissToast(notice), UNDO_MS);
}

export async function copyText({ body }: Message) {
  await navigator.clipboard.writeText(body ?? "");
  toast("Text copied");
}

export async function copyLink({ room_id, seq }: Message) {
  await navigator.clipboard.writeText(`${location.origin}/r/${room_id}?m=${seq}`);
  toast("Link copied");
}

async function keep(kept: Promise<string>): Promise<string | null> {
  try {
    return await kept;
  } catch {
    toast("This browser could not keep your change, so it was not made.", "error");
    return null;
  }
}

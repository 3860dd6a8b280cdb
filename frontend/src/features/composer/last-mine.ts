import { changesByMessage, withChanges } from "@/entities/outbox/optimistic";
import { outboxStore } from "@/entities/outbox/outbox-store";
import { timelineOf } from "@/entities/timeline/timeline-store";
import type { Message } from "@/shared/api/types";

/** My newest message in a room, as I see it. */
export function lastMine(roomId: string, userId: string): Message | null {
  const changes = changesByMessage(outboxStore.getState().rooms[roomId] ?? []);
  for (const entry of timelineOf(roomId).entries.toReversed()) {
    if (entry.kind !== "message" || entry.message.author.id !== userId) continue;
    const message = withChanges(entry.message, changes.get(entry.message.id) ?? [], userId);
    if (message.body != null) return message;
  }
  return null;
}

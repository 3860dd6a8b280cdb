/** Messages as they come in: what every room's cursor has just passed. */
import type { Timeline } from "@/entities/timeline/timeline";
import { timelineStore } from "@/entities/timeline/timeline-store";
import type { Message } from "@/shared/api/types";

/** Calls `listener` per room that received something; returns the stop function. */
export function onNewMessages(listener: (roomId: string, messages: Message[]) => void): () => void {
  return timelineStore.subscribe(({ rooms }, { rooms: before }) => {
    for (const [roomId, timeline] of Object.entries(rooms)) {
      const previous = before[roomId];
      if (timeline === previous) continue;
      const messages = previous ? arrived(previous, timeline) : [];
      if (messages.length > 0) listener(roomId, messages);
    }
  });
}

/** Oldest first. Beginning to follow a room, or beginning anew after a reset, brings nothing new. */
export function arrived(before: Timeline, now: Timeline): Message[] {
  if (before.have === null || now.have === null || before.epoch !== now.epoch) return [];
  const messages: Message[] = [];
  for (let at = now.entries.length - 1; at >= 0; at -= 1) {
    const entry = now.entries[at];
    if (!entry || entry.seq <= before.have) break;
    if (entry.kind === "message" && entry.seq <= now.have) messages.unshift(entry.message);
  }
  return messages;
}

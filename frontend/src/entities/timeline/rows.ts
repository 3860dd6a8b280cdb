/** Turns a timeline and pending sends into the rows of the list: day dividers, groups by author, the "New" line. */
import { changesByMessage, withChanges } from "@/entities/outbox/optimistic";
import type { OutboxItem } from "@/entities/outbox/outbox-store";
import type { Message } from "@/shared/api/types";
import { dayKey } from "@/shared/lib/time";
import type { Note } from "./entry";
import type { Timeline } from "./timeline";

export type Row =
  | { kind: "intro"; key: string }
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "note"; key: string; note: Note }
  | {
      kind: "message";
      key: string;
      /** With what I did to it already in it, though the server may not know yet. */
      message: Message;
      startsGroup: boolean;
      /** An edit or deletion of mine that was refused. */
      failure?: OutboxItem | undefined;
    }
  | { kind: "pending"; key: string; item: OutboxItem; startsGroup: boolean };

const GROUP_MS = 5 * 60_000;

export interface RowsInput {
  timeline: Timeline;
  pending: readonly OutboxItem[];
  userId: string;
  /** Messages of others after this `seq` are new; null: no line. */
  newAfter: number | null;
}

export function buildRows({ timeline, pending, userId, newAfter }: RowsInput): Row[] {
  if (!timeline.isLoaded) return [];
  const rows: Row[] = timeline.hasOlder ? [] : [{ kind: "intro", key: "intro" }];
  let group: { authorId: string; at: number } | null = null;
  let day = "";
  let isNewShown = newAfter === null;
  const pushDay = (at: string) => {
    const key = dayKey(at);
    if (key === day) return;
    day = key;
    group = null;
    rows.push({ kind: "day", key: `day-${key}`, at });
  };
  const startsGroup = (authorId: string, at: string) => {
    const time = Date.parse(at);
    const isSame = group !== null && group.authorId === authorId && time - group.at < GROUP_MS;
    group = { authorId, at: time };
    return !isSame;
  };
  const changes = changesByMessage(pending);
  for (const entry of timeline.entries) {
    if (entry.kind === "note") {
      pushDay(entry.note.event.at);
      group = null;
      rows.push({ kind: "note", key: `note-${entry.seq}`, note: entry.note });
      continue;
    }
    const { message } = entry;
    pushDay(message.created_at);
    if (!isNewShown && message.seq > (newAfter ?? 0) && message.author.id !== userId) {
      isNewShown = true;
      group = null;
      rows.push({ kind: "new", key: "new" });
    }
    if (timeline.pageStarts.has(message.seq)) group = null;
    const starts = startsGroup(message.author.id, message.created_at);
    const mine = changes.get(message.id);
    rows.push({
      kind: "message",
      key: rowKey(message),
      message: mine ? withChanges(message, mine, userId) : message,
      startsGroup: starts,
      failure: mine?.find((item) => item.state === "failed"),
    });
  }
  for (const item of stillPending(timeline, pending)) {
    pushDay(item.created_at);
    const starts = startsGroup(userId, item.created_at);
    rows.push({ kind: "pending", key: item.client_id, item, startsGroup: starts });
  }
  return rows;
}

/** The same while it is pending and when it is there. */
export const rowKey = (message: Message): string => message.client_id ?? message.id;

/** A send is shown until its message is: found by `client_id`, or the cursor has passed the acknowledged `seq`. */
function stillPending(timeline: Timeline, pending: readonly OutboxItem[]): OutboxItem[] {
  if (pending.length === 0) return [];
  const arrived = new Set<string>();
  for (const entry of timeline.entries) {
    if (entry.kind === "message" && entry.message.client_id) arrived.add(entry.message.client_id);
  }
  return pending.filter((item) => {
    if (item.change) return false;
    const isPassed = item.seq !== undefined && timeline.have !== null && item.seq <= timeline.have;
    return !isPassed && !arrived.has(item.client_id);
  });
}

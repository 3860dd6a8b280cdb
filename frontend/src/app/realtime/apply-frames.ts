/**
 * What a batch of frames means for the stores. The timelines change in one update; whatever else follows from the
 * events (counts, room snapshots, announcements) is done after it.
 */

import { removeItems } from "@/entities/outbox/outbox-store";
import { stoppedTyping } from "@/entities/presence/presence-store";
import { countMessage, type ReadState } from "@/entities/read-state/read-state";
import { readStateOf, updateReadStates } from "@/entities/read-state/read-state-store";
import { refetchMembers } from "@/entities/rooms/membership";
import { myRooms, patchMyRoom } from "@/entities/rooms/my-rooms";
import { dataOf, messageOf } from "@/entities/timeline/entry";
import { refreshSegment } from "@/entities/timeline/segment-store";
import { applyEvents, type Timeline } from "@/entities/timeline/timeline";
import { bounded, updateTimelines } from "@/entities/timeline/timeline-store";
import type { RoomEvent, User } from "@/shared/api/types";
import type { FrameOf, ServerFrame } from "@/shared/realtime/frames";
import { offerToAnnouncer } from "./announce";

type EventFrame = FrameOf<"event"> | FrameOf<"events">;

/** Applies the batch's events; returns the rooms with a gap, to be subscribed again after their cursor. */
export function applyEventFrames(
  frames: readonly ServerFrame[],
  me: User,
  isMissed: (roomId: string, seq: number) => boolean,
): string[] {
  const batches = new Map<string, RoomEvent[]>();
  for (const frame of frames) {
    if (frame.type !== "event" && frame.type !== "events") continue;
    const roomId = frame.room_id ?? "";
    const batch = batches.get(roomId) ?? [];
    batch.push(...eventsOf(frame));
    batches.set(roomId, batch);
  }
  const gaps: string[] = [];
  const news: { roomId: string; events: RoomEvent[]; timeline: Timeline }[] = [];
  updateTimelines((get) => {
    const changed: Record<string, Timeline> = {};
    for (const [roomId, events] of batches) {
      const { timeline, applied, hasGap } = applyEvents(get(roomId), events);
      if (hasGap) gaps.push(roomId);
      if (applied.length === 0) continue;
      changed[roomId] = bounded(roomId, timeline);
      news.push({ roomId, events: applied, timeline });
    }
    return changed;
  });
  for (const { roomId, events, timeline } of news) {
    removeItems(
      (item) =>
        item.state === "sent" &&
        !item.change &&
        item.room_id === roomId &&
        (item.seq ?? 0) <= (timeline.have ?? 0),
    );
    for (const event of events) {
      if (event.kind === "message_created" && event.actor_id) stoppedTyping(roomId, event.actor_id);
    }
    forgetSettledChanges(events);
    refreshSegment(
      roomId,
      events.flatMap((event) => messageOf(event) ?? []),
    );
    applyToSnapshots(roomId, events, me);
    const isCatchUp = events.some(({ seq }) => isMissed(roomId, seq));
    offerToAnnouncer(roomId, events, me.id, isCatchUp);
  }
  updateReadStates(countNews(news, me));
  return gaps;
}

/** Changes that were acknowledged and are shown until the message itself says the same. */
function forgetSettledChanges(events: readonly RoomEvent[]) {
  const changed = new Set(events.map((event) => messageOf(event)?.id));
  removeItems(
    (item) => item.state === "sent" && item.change !== undefined && changed.has(item.change.message_id),
  );
}

function eventsOf(frame: EventFrame): RoomEvent[] {
  return frame.type === "events" ? frame.events : [frame];
}

function countNews(news: { roomId: string; events: RoomEvent[] }[], me: User): Record<string, ReadState> {
  const changed: Record<string, ReadState> = {};
  for (const { roomId, events } of news) {
    const held = readStateOf(roomId);
    if (!held) continue;
    let state = held;
    for (const event of events) {
      const message = event.kind === "message_created" ? messageOf(event) : null;
      if (message) state = countMessage(state, message, me);
    }
    if (state !== held) changed[roomId] = state;
  }
  return changed;
}

/** The snapshots in the query cache follow. `head` says what a snapshot counts already. */
function applyToSnapshots(roomId: string, events: readonly RoomEvent[], me: User) {
  let haveMembersChanged = false;
  for (const event of events) {
    const { user, role, room } = dataOf(event);
    if (room) patchMyRoom(roomId, { ...room, archived_at: room.archived_at ?? null });
    if (event.kind === "role_changed" && user?.id === me.id && role) patchMyRoom(roomId, { role });
    if (event.kind === "member_joined") countMembers(roomId, event.seq, 1);
    if (event.kind === "member_left" || event.kind === "member_removed") countMembers(roomId, event.seq, -1);
    haveMembersChanged ||= user !== undefined;
  }
  if (haveMembersChanged) void refetchMembers(roomId);
}

function countMembers(roomId: string, seq: number, change: 1 | -1) {
  const room = myRooms().find(({ id }) => id === roomId);
  if (room && seq > room.head) patchMyRoom(roomId, { head: seq, member_count: room.member_count + change });
}

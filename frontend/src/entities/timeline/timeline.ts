/**
 * One room's log as this client holds it: the cursor, and the messages and notes around it. Pure.
 *
 * Invariants:
 * - `have` moves only by `applyEvents`, one event at a time; acks and pages never move it (a page may set it back).
 * - Every entry with `floor < seq ≤ have` is held, ascending by `seq`; a page may add some above `have` early.
 * - Of a message the highest revision wins, whichever way it came.
 *
 * Absent on purpose: pending sends (see `entities/outbox`), unread counts (see `entities/read-state`).
 */
import type { Message, MessagePage, RoomEvent } from "@/shared/api/types";
import { type Entry, messageOf, noteOf } from "./entry";

export interface Timeline {
  readonly epoch: string | null;
  /** The cursor. Null: not following the room yet. */
  readonly have: number | null;
  readonly floor: number;
  /** A page has been merged, so there is something to show. */
  readonly isLoaded: boolean;
  readonly hasOlder: boolean;
  readonly entries: readonly Entry[];
  /** Newer versions of messages below the floor, kept in case an older page overtakes the event. */
  readonly strays: ReadonlyMap<string, Message>;
  /** First message of each loaded page: starts a group for good, so that loading older ones moves nothing. */
  readonly pageStarts: ReadonlySet<number>;
  /** How often entries were put in front, or taken from there. */
  readonly frontChanges: number;
}

export interface Applied {
  timeline: Timeline;
  /** Events that were new, in order. */
  applied: RoomEvent[];
  /** Something between the cursor and an event is missing: subscribe again after `have`. */
  hasGap: boolean;
}

const MAX_STRAYS = 500;

export const emptyTimeline: Timeline = {
  epoch: null,
  have: null,
  floor: 0,
  isLoaded: false,
  hasOlder: true,
  entries: [],
  strays: new Map(),
  pageStarts: new Set(),
  frontChanges: 0,
};

/** Begins to follow a room from `seq` on; does nothing when a cursor is there already. */
export function follow(timeline: Timeline, epoch: string, seq: number): Timeline {
  if (timeline.have !== null) return timeline;
  return { ...emptyTimeline, epoch, have: seq, floor: seq };
}

/** The cursor is void (`reset`); what is held may still be shown until a page replaces it. */
export function unfollow(timeline: Timeline): Timeline {
  return { ...timeline, have: null };
}

/** `seq ≤ have` drop, `= have + 1` apply, `> have + 1` gap. */
export function applyEvents(timeline: Timeline, events: readonly RoomEvent[]): Applied {
  let have = timeline.have;
  if (have === null) return { timeline, applied: [], hasGap: false };
  const applied: RoomEvent[] = [];
  let hasGap = false;
  for (const event of events) {
    if (event.seq <= have) continue;
    if (event.seq > have + 1) {
      hasGap = true;
      continue;
    }
    have = event.seq;
    hasGap = false;
    applied.push(event);
  }
  if (applied.length === 0) return { timeline, applied, hasGap };
  const holder = new Holder(timeline);
  for (const event of applied) {
    const message = messageOf(event);
    const note = message ? null : noteOf(event);
    if (message) holder.put(message);
    else if (note) holder.add({ kind: "note", seq: event.seq, note });
  }
  return { timeline: { ...holder.finish(), have }, applied, hasGap };
}

export function findMessage(timeline: Timeline, id: string): Message | undefined {
  const held = timeline.entries.findLast((entry) => entry.kind === "message" && entry.message.id === id);
  return held?.kind === "message" ? held.message : timeline.strays.get(id);
}

/** A message as an answer to a request brought it; its event may come before or after. */
export function putMessage(timeline: Timeline, message: Message): Timeline {
  if (timeline.have === null || message.seq > timeline.have) return timeline;
  const holder = new Holder(timeline);
  holder.put(message);
  return holder.finish();
}

/**
 * The newest page. `mustSubscribe` when the cursor is the page's `as_of_seq` now: at the first load, after a
 * change of epoch, or when the page is older than where the socket began.
 */
export function mergeNewest(
  timeline: Timeline,
  page: MessagePage,
): { timeline: Timeline; mustSubscribe: boolean } {
  const isContinuous = timeline.epoch === page.epoch && page.as_of_seq >= timeline.floor;
  if (timeline.have === null || !isContinuous)
    return { timeline: fromPage(timeline, page), mustSubscribe: true };
  return { timeline: mergePage(timeline, page), mustSubscribe: false };
}

/** Everything held is dropped for this page (first load, `reset`). */
export function fromPage(timeline: Timeline, page: MessagePage): Timeline {
  const base = { ...emptyTimeline, epoch: page.epoch, have: page.as_of_seq, floor: page.as_of_seq };
  return { ...mergePage(base, page), frontChanges: timeline.frontChanges };
}

/** An older page, to be put in front. */
export function mergeOlder(timeline: Timeline, page: MessagePage): Timeline {
  if (page.epoch !== timeline.epoch) return timeline;
  return { ...mergePage(timeline, page), frontChanges: timeline.frontChanges + 1 };
}

/** Keeps the newest `count` entries. */
export function trim(timeline: Timeline, count: number): Timeline {
  const first = timeline.entries.at(-count);
  if (timeline.entries.length <= count || !first) return timeline;
  const floor = first.seq - 1;
  return {
    ...timeline,
    floor,
    hasOlder: true,
    entries: timeline.entries.slice(-count),
    pageStarts: new Set([...timeline.pageStarts].filter((seq) => seq > floor)),
    frontChanges: timeline.frontChanges + 1,
  };
}

/** Keeps following the room but forgets its content. */
export function unload(timeline: Timeline): Timeline {
  const { epoch, have } = timeline;
  return { ...emptyTimeline, epoch, have, floor: have ?? 0 };
}

function mergePage(timeline: Timeline, page: MessagePage): Timeline {
  const first = page.messages[0];
  const pageFloor = page.has_more_before && first ? first.seq - 1 : 0;
  const isLower = pageFloor < timeline.floor;
  const floor = Math.min(pageFloor, timeline.floor);
  const hasOlder = isLower || !timeline.isLoaded ? page.has_more_before : timeline.hasOlder;
  const holder = new Holder(timeline, floor);
  for (const message of page.messages) holder.put(message);
  return {
    ...holder.finish(),
    isLoaded: true,
    hasOlder: floor > 0 && hasOlder,
    pageStarts: first && isLower ? new Set([...timeline.pageStarts, first.seq]) : timeline.pageStarts,
  };
}

/** A timeline being changed: copies once, then puts entries in place. */
class Holder {
  private readonly before: Timeline;
  private readonly floor: number;
  private readonly entries: Entry[];
  private readonly strays: Map<string, Message>;

  constructor(before: Timeline, floor = before.floor) {
    this.before = before;
    this.floor = floor;
    this.entries = [...before.entries];
    this.strays = new Map(before.strays);
  }

  put(message: Message) {
    const stray = this.strays.get(message.id);
    const newest = stray && stray.revision > message.revision ? stray : message;
    if (newest.seq > this.floor) {
      this.strays.delete(newest.id);
      this.add({ kind: "message", seq: newest.seq, message: newest });
    } else {
      this.strays.set(newest.id, newest);
      const oldest = this.strays.keys().next().value;
      if (this.strays.size > MAX_STRAYS && oldest !== undefined) this.strays.delete(oldest);
    }
  }

  /** Entries come nearly always at the end or close to it, so the place is looked for from there. */
  add(entry: Entry) {
    let at = this.entries.length;
    while (at > 0 && (this.entries[at - 1]?.seq ?? 0) > entry.seq) at -= 1;
    const held = this.entries[at - 1];
    if (held?.seq !== entry.seq) this.entries.splice(at, 0, entry);
    else if (isNewer(entry, held)) this.entries[at - 1] = entry;
  }

  finish(): Timeline {
    return { ...this.before, floor: this.floor, entries: this.entries, strays: this.strays };
  }
}

function isNewer(entry: Entry, held: Entry): boolean {
  return (
    entry.kind === "message" && held.kind === "message" && entry.message.revision > held.message.revision
  );
}

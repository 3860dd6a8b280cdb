/**
 * A stretch of a room's past beside its live end: what a link to an old message opens. Pure.
 *
 * It has a timeline's shape, so that it is shown like one, but no cursor: only pages and later versions of messages it
 * holds change it. It never pretends to reach the live end. When its newest message meets what the live timeline
 * holds, it is put in front of that (`join`) and ends.
 */
import type { Message, MessagePage } from "@/shared/api/types";
import { emptyTimeline, mergeOlder, type Timeline } from "./timeline";

export interface Segment {
  /** The seq it was opened for. */
  readonly target: number;
  readonly timeline: Timeline;
  readonly hasNewer: boolean;
}

export function openSegment(target: number, page: MessagePage): Segment {
  return { target, timeline: toTimeline(page, emptyTimeline), hasNewer: page.has_more_after };
}

export function extendBack(segment: Segment, page: MessagePage): Segment {
  const { timeline } = segment;
  if (page.epoch !== timeline.epoch) return segment;
  const messages = [...page.messages, ...messagesOf(timeline)];
  const longer = toTimeline({ ...page, messages }, timeline, page.messages[0]?.seq);
  return { ...segment, timeline: { ...longer, frontChanges: timeline.frontChanges + 1 } };
}

export function extendForth(segment: Segment, page: MessagePage): Segment {
  const { timeline } = segment;
  if (page.epoch !== timeline.epoch) return segment;
  const messages = [...messagesOf(timeline), ...page.messages];
  const longer = toTimeline({ ...page, messages, has_more_before: timeline.hasOlder }, timeline);
  return { ...segment, timeline: longer, hasNewer: page.has_more_after };
}

/** A later version of a message it holds. */
export function refresh(segment: Segment, message: Message): Segment {
  const { timeline } = segment;
  const entries = timeline.entries.map((entry) =>
    entry.kind === "message" && entry.message.id === message.id && entry.message.revision < message.revision
      ? { ...entry, message }
      : entry,
  );
  return { ...segment, timeline: { ...timeline, entries } };
}

/** Nothing is missing between the two. */
export function meets({ timeline, hasNewer }: Segment, live: Timeline): boolean {
  if (!live.isLoaded || live.epoch !== timeline.epoch) return false;
  return !hasNewer || newestSeq(timeline) > live.floor;
}

/** Only where they meet. The live timeline, with the segment before it. */
export function join({ timeline }: Segment, live: Timeline): Timeline {
  const page: MessagePage = {
    epoch: timeline.epoch ?? "",
    as_of_seq: newestSeq(timeline),
    messages: messagesOf(timeline),
    has_more_before: timeline.hasOlder,
    has_more_after: true,
  };
  const joined = mergeOlder(live, page);
  return { ...joined, pageStarts: new Set([...joined.pageStarts, ...timeline.pageStarts]) };
}

export const newestSeq = ({ entries }: Timeline): number => entries.at(-1)?.seq ?? 0;

const messagesOf = ({ entries }: Timeline): Message[] =>
  entries.flatMap((entry) => (entry.kind === "message" ? [entry.message] : []));

function toTimeline(page: MessagePage, before: Timeline, pageStart = page.messages[0]?.seq): Timeline {
  const bySeq = new Map(page.messages.map((message) => [message.seq, message]));
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  return {
    ...before,
    epoch: page.epoch,
    isLoaded: true,
    hasOlder: page.has_more_before,
    floor: (messages[0]?.seq ?? 1) - 1,
    entries: messages.map((message) => ({ kind: "message", seq: message.seq, message })),
    pageStarts: pageStart ? new Set([...before.pageStarts, pageStart]) : before.pageStarts,
  };
}

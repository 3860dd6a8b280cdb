/**
 * How much of a room is unread: the server's number as of `countedTo`, plus what arrived after it. Pure.
 *
 * Own messages, edits and notes never count; counts stop at 100, as the server's do.
 */
import type { Message } from "@/shared/api/types";

export interface ReadState {
  readonly readSeq: number | null;
  readonly unread: number;
  readonly mentions: number;
  /** The counts include everything up to this `seq`. */
  readonly countedTo: number;
  /** My mark is further than what the server has said that it has. */
  readonly isAhead?: boolean | undefined;
  /** What held before I marked something unread, as long as the server has not agreed. */
  readonly before?: ReadState | undefined;
}

export type Counts = Pick<ReadState, "unread" | "mentions">;

/** As in `Room`, `welcome.rooms` and `room_added`. */
export interface ServerCount {
  head: number;
  read_seq?: number | null;
  unread_count: number;
  mention_count: number;
}

const MAX_COUNT = 100;

export function seed(room: ServerCount): ReadState {
  return {
    readSeq: room.read_seq ?? null,
    unread: room.unread_count,
    mentions: room.mention_count,
    countedTo: room.head,
  };
}

export function countMessage(
  state: ReadState,
  message: Message,
  me: { id: string; username: string },
): ReadState {
  if (message.seq <= state.countedTo) return state;
  const before = state.before && countMessage(state.before, message, me);
  const counted = { ...state, countedTo: message.seq, before };
  const isUnread = message.author.id !== me.id && message.seq > (state.readSeq ?? 0);
  if (!isUnread) return counted;
  return {
    ...counted,
    unread: Math.min(MAX_COUNT, state.unread + 1),
    mentions: Math.min(MAX_COUNT, state.mentions + (mentions(message.body ?? "", me.username) ? 1 : 0)),
  };
}

/** Only moves forward. */
export function moveReadMark(state: ReadState, seq: number): ReadState {
  if (seq <= (state.readSeq ?? -1)) return state;
  const counts = seq >= state.countedTo ? { unread: 0, mentions: 0 } : {};
  return { ...state, ...counts, readSeq: seq };
}

/** Something after the mark is unread, and only the server knows how much. */
export function mustRecount({ readSeq, countedTo, unread }: ReadState): boolean {
  return unread > 0 && readSeq !== null && readSeq < countedTo;
}

const MENTION = /(?<![\p{Alphabetic}\p{N}@.+_-])@([\p{Alphabetic}\p{N}@.+_-]+)/gu;

/** `@name` not inside a longer name; sentence punctuation may follow. The server's rule, in linear time. */
export function mentions(body: string, username: string): boolean {
  const name = username.toLowerCase();
  const mayHaveMore = !/[.\-+@_]$/.test(name);
  for (const [, token = ""] of body.toLowerCase().matchAll(MENTION)) {
    if (token === name) return true;
    if (mayHaveMore && token.startsWith(name) && /^[.\-+@_]+$/.test(token.slice(name.length))) return true;
  }
  return false;
}

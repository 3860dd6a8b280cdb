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
}

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
  const countedTo = message.seq;
  const isUnread = message.author.id !== me.id && message.seq > (state.readSeq ?? 0);
  if (!isUnread) return { ...state, countedTo };
  return {
    ...state,
    countedTo,
    unread: Math.min(MAX_COUNT, state.unread + 1),
    mentions: Math.min(MAX_COUNT, state.mentions + (mentions(message.body ?? "", me.username) ? 1 : 0)),
  };
}

/** Only moves forward. `mustRecount`: something after the mark is unread, and only the server knows how much. */
export function moveReadMark(state: ReadState, seq: number): { state: ReadState; mustRecount: boolean } {
  if (seq <= (state.readSeq ?? -1)) return { state, mustRecount: false };
  const isAllRead = seq >= state.countedTo;
  const counts = isAllRead ? { unread: 0, mentions: 0 } : {};
  return { state: { ...state, ...counts, readSeq: seq }, mustRecount: !isAllRead && state.unread > 0 };
}

/** `@name` not inside a longer name; sentence punctuation may follow. */
export function mentions(body: string, username: string): boolean {
  const name = username.toLowerCase();
  for (const [, token = ""] of body.toLowerCase().matchAll(/(?<![\w@.+-])@([\w@.+-]+)/g)) {
    if (token === name || token.replace(/[.\-+@_]+$/, "") === name) return true;
  }
  return false;
}

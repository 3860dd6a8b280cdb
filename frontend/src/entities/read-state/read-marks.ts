/**
 * What moves a read mark: I do, another device does, the server answers. Pure.
 *
 * A mark of mine shows at once and is the server's only later. Until then
 * - an earlier mark of another device doesn't take back one that goes forward: the server will have mine as well,
 * - what is heard changes what a mark that goes back, or to somewhere else, would be taken back to.
 */
import type { Message } from "@/shared/api/types";
import { type Counts, countMessage, moveReadMark, type ReadState, type ServerCount } from "./read-state";

/** I have read up to `seq`. */
export function readUpTo(state: ReadState, seq: number): ReadState {
  const moved = moveReadMark(state, seq);
  return moved === state ? state : { ...moved, isAhead: true, before: undefined };
}

/** I want everything after `mark` unread, which is `counts` as far as is known. */
export function unreadAfter(state: ReadState, mark: number, counts: Counts): ReadState {
  return { ...state, ...counts, readSeq: mark, isAhead: false, before: state.before ?? state };
}

/** The server has this mark, set here or on another device. */
export function hear(state: ReadState, mark: number): ReadState {
  if (state.before) {
    return { ...state, before: mark === state.readSeq ? undefined : hear(state.before, mark) };
  }
  if (mark < (state.readSeq ?? -1)) return state.isAhead ? state : { ...state, readSeq: mark };
  const moved = moveReadMark(state, mark);
  return moved.isAhead ? { ...moved, isAhead: false } : moved;
}

/** The server doesn't take the `mark` that went before something unread. */
export const refuse = (state: ReadState, mark: number): ReadState =>
  state.readSeq === mark ? (state.before ?? state) : state;

/** Whether the server's count says more than what is held. `asked`: what was held when the question went out. */
export function answers(held: ReadState, asked: ReadState | undefined, count: ServerCount): boolean {
  if (count.head < held.countedTo || held.before || asked?.before) return false;
  if (asked?.readSeq !== held.readSeq) return false;
  return !held.isAhead || (count.read_seq ?? -1) >= (held.readSeq ?? -1);
}

/** What is unread from `seq` on, by the messages that are held here. There may be more. */
export function countFrom(
  state: ReadState,
  seq: number,
  messages: readonly Message[],
  me: { id: string; username: string },
): Counts {
  let counted: ReadState = { readSeq: seq - 1, unread: 0, mentions: 0, countedTo: seq - 1 };
  for (const message of messages)
    if (message.seq <= state.countedTo && message.deleted_at == null)
      counted = countMessage(counted, message, me);
  const least = seq - 1 < (state.readSeq ?? 0) ? state : { unread: 0, mentions: 0 };
  return {
    unread: Math.max(least.unread, counted.unread),
    mentions: Math.max(least.mentions, counted.mentions),
  };
}

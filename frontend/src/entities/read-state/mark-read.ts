/** Moves my read mark: at once here, at most every 2 s to the server, where it is cumulative. */
import { moveReadMark, mustRecount } from "./read-state";
import { readStateOf, updateReadStates } from "./read-state-store";

/** True when the mark has left; false keeps it for the next `sendReadMarks`. */
type Sender = (roomId: string, seq: number) => Promise<boolean>;

const INTERVAL_MS = 2_000;
const unsent = new Map<string, number>();
let sender: Sender = () => Promise.resolve(false);
let recount: () => void = () => {};
let timer: ReturnType<typeof setTimeout> | undefined;
let lastSent = Number.NEGATIVE_INFINITY;

export function wireReadMarks(wiring: { sender: Sender; recount: () => void }) {
  sender = wiring.sender;
  recount = wiring.recount;
}

export function markRead(roomId: string, seq: number) {
  if (!move(roomId, seq)) return;
  unsent.set(roomId, seq);
  schedule();
}

/** A mark that the server has: another device's, or this one's confirmed. Before that it could not count from it. */
export function applyReadMark(roomId: string, seq: number) {
  move(roomId, seq);
  const held = readStateOf(roomId);
  if (held?.readSeq === seq && mustRecount(held)) recount();
}

/** False when it moves nothing. */
function move(roomId: string, seq: number): boolean {
  const held = readStateOf(roomId);
  const state = held && moveReadMark(held, seq);
  if (!state || state === held) return false;
  updateReadStates({ [roomId]: state });
  return true;
}

/** Sends what is due; called by the timer and when the connection is back. */
export async function sendReadMarks() {
  lastSent = performance.now();
  for (const [roomId, seq] of [...unsent]) {
    const hasLeft = await sender(roomId, seq).catch(() => false);
    if (hasLeft && unsent.get(roomId) === seq) unsent.delete(roomId);
  }
}

export function forgetReadMarks() {
  clearTimeout(timer);
  timer = undefined;
  unsent.clear();
}

function schedule() {
  const wait = Math.max(0, lastSent + INTERVAL_MS - performance.now());
  timer ??= setTimeout(() => {
    timer = undefined;
    void sendReadMarks();
  }, wait);
}

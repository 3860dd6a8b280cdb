/** Moves my read mark: at once here, at most every 2 s to the server, where it is cumulative. */
import { hear, readUpTo } from "./read-marks";
import { mustRecount, type ReadState } from "./read-state";
import { readStateOf, updateReadStates } from "./read-state-store";

/** True when the mark has left; false keeps it for the next `sendReadMarks`. */
type Sender = (roomId: string, seq: number) => Promise<boolean>;

const INTERVAL_MS = 2_000;
const CONFIRMED_WITHIN_MS = 1_000;
const unsent = new Map<string, number>();
/** Marks that have left and of which the server has said nothing, with what is called when it has. */
const unconfirmed = new Map<string, { seq: number; onConfirmed: () => void; confirmed: Promise<void> }>();
/** Rooms whose mark is being put elsewhere: a mark that leaves meanwhile could overtake that. */
const paused = new Set<string>();
let sender: Sender = () => Promise.resolve(false);
let recount: () => Promise<unknown> = () => Promise.resolve();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastSent = Number.NEGATIVE_INFINITY;
let isCounting = false;
let mustCountAgain = false;

export function wireReadMarks(wiring: { sender: Sender; recount: () => Promise<unknown> }) {
  sender = wiring.sender;
  recount = wiring.recount;
}

export function markRead(roomId: string, seq: number) {
  if (!changeReadState(roomId, (state) => readUpTo(state, seq))) return;
  sendLater(roomId, seq);
}

/** A mark that the server has: another device's, or this one's confirmed. Before that it could not count from it. */
export function applyReadMark(roomId: string, seq: number) {
  const sent = unconfirmed.get(roomId);
  if (sent && sent.seq <= seq) settle(roomId);
  const held = readStateOf(roomId);
  const state = changeReadState(roomId, (before) => hear(before, seq)) ?? held;
  if (!held || !state) return;
  const hasMore = (state.readSeq ?? 0) < (held.readSeq ?? 0) || (held.before && !state.before);
  if (hasMore || (state.readSeq === seq && mustRecount(state))) void countAgain();
}

/** The new state, where there is one. */
export function changeReadState(
  roomId: string,
  change: (state: ReadState) => ReadState,
): ReadState | undefined {
  const held = readStateOf(roomId);
  const state = held && change(held);
  if (!state || state === held) return undefined;
  updateReadStates({ [roomId]: state });
  return state;
}

export function sendLater(roomId: string, seq: number) {
  unsent.set(roomId, seq);
  const wait = Math.max(0, lastSent + INTERVAL_MS - performance.now());
  timer ??= setTimeout(() => {
    timer = undefined;
    void sendReadMarks();
  }, wait);
}

/** Sends what is due; called by the timer and when the connection is back. */
export async function sendReadMarks() {
  lastSent = performance.now();
  for (const [roomId, seq] of [...unsent]) {
    if (paused.has(roomId)) continue;
    expectConfirmation(roomId, seq);
    const hasLeft = await sender(roomId, seq).catch(() => false);
    if (!hasLeft) settle(roomId);
    else if (unsent.get(roomId) === seq) unsent.delete(roomId);
  }
}

/**
 * Takes the mark that has not left, and lets no other leave until `resume` is called. Waits, but not for long, for the
 * confirmation of one that has left: it goes another way than the request that follows, and must not arrive after it.
 */
export function pauseReadMarks(roomId: string): { taken: number | undefined; quiet: Promise<void> } {
  const taken = unsent.get(roomId);
  unsent.delete(roomId);
  paused.add(roomId);
  const sent = unconfirmed.get(roomId);
  if (!sent) return { taken, quiet: Promise.resolve() };
  const patience = new Promise<void>((resolve) => setTimeout(resolve, CONFIRMED_WITHIN_MS));
  return { taken, quiet: Promise.race([sent.confirmed, patience]) };
}

export function resumeReadMarks(roomId: string) {
  paused.delete(roomId);
  const seq = unsent.get(roomId);
  if (seq !== undefined) sendLater(roomId, seq);
}

export function forgetReadMarks() {
  clearTimeout(timer);
  timer = undefined;
  lastSent = Number.NEGATIVE_INFINITY;
  unsent.clear();
  paused.clear();
  for (const roomId of [...unconfirmed.keys()]) settle(roomId);
  isCounting = false;
  mustCountAgain = false;
}

function expectConfirmation(roomId: string, seq: number) {
  settle(roomId);
  let onConfirmed = () => {};
  const confirmed = new Promise<void>((resolve) => {
    onConfirmed = resolve;
  });
  unconfirmed.set(roomId, { seq, onConfirmed, confirmed });
}

function settle(roomId: string) {
  unconfirmed.get(roomId)?.onConfirmed();
  unconfirmed.delete(roomId);
}

/** One question at a time; what comes up meanwhile is asked for once more after it. */
async function countAgain() {
  mustCountAgain = true;
  if (isCounting) return;
  isCounting = true;
  while (mustCountAgain) {
    mustCountAgain = false;
    await recount().catch(() => {}); // a failure holds nobody up: the next mark asks again
  }
  isCounting = false;
}

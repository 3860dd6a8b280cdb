/**
 * Messages, and changes of messages, on their way out. Written to IndexedDB before they are shown, sent in order per room, one in flight
 * per room, under the same `client_id` for ever, so that a repeat can never be a second message.
 *
 * Invariants:
 * - One tab sends at a time (Web Lock); the others are told over a BroadcastChannel.
 * - A wake-up during a flush makes it run again, else a message could wait for ever.
 * - What may still be taken back (`not_before`) is kept over a reload and holds up nothing behind it.
 * - A row leaves IndexedDB only when acknowledged, or deleted by the person.
 */
import type { MessageChange, StoredSend } from "@/shared/lib/database";
import { withLock } from "@/shared/lib/locks";
import { deleteSend, findSend, listSends, putSend } from "./outbox-rows";
import { addItem, allItems, type OutboxItem, patchItem, removeItems, setItems } from "./outbox-store";
import { judge } from "./send-failure";

/** Resolves with the new message's `seq`, or null for a change that is seen already; throws `SendRefused`, or anything else when the outcome is unknown. */
export type Transport = (send: StoredSend) => Promise<{ seq: number } | null>;
type Notice = { type: "changed" } | { type: "sent"; client_id: string; seq: number | null };

interface Extras {
  reply_to?: string;
  change?: MessageChange;
  not_before?: number;
}

let owner: { userId: string; transport: Transport } | null = null;
let channel: BroadcastChannel | null = null;
let running: Promise<void> | null = null;
let mustRunAgain = false;

export async function openOutbox(userId: string, transport: Transport): Promise<void> {
  owner = { userId, transport };
  channel = new BroadcastChannel("dc-outbox");
  channel.onmessage = ({ data }: MessageEvent<Notice>) => {
    if (data.type === "sent") markSent(data.client_id, data.seq);
    void readBack(); // after "sent" too: an earlier reading may have found the row still there
  };
  await readBack();
  void flushOutbox();
}

export function closeOutbox() {
  owner = null;
  channel?.close();
  channel = null;
  setItems([]);
}

/** Throws when it can't be kept; then nothing was sent and nothing is shown. Resolves with its `client_id`. */
export async function enqueue(roomId: string, body: string, extras: Extras = {}): Promise<string> {
  if (!owner) throw new Error("nobody is signed in");
  const send: StoredSend = {
    client_id: crypto.randomUUID(),
    user_id: owner.userId,
    room_id: roomId,
    body,
    ...extras,
    created_at: new Date().toISOString(),
    tries: 0,
    state: "queued",
  };
  await putSend(send);
  if (!allItems().some((item) => item.client_id === send.client_id)) addItem(toItem(send));
  announce({ type: "changed" });
  if (extras.not_before) setTimeout(() => void flushOutbox(), extras.not_before - Date.now() + 1);
  void flushOutbox();
  return send.client_id;
}

export async function retrySend(clientId: string): Promise<void> {
  const send = await findSend(clientId);
  if (!send) return;
  const { error: _error, ...again } = send;
  await putSend({ ...again, state: "queued", tries: 0 });
  patchItem(clientId, { state: "queued" });
  announce({ type: "changed" });
  void flushOutbox();
}

export async function discardSend(clientId: string): Promise<void> {
  await deleteSend(clientId);
  removeItems((item) => item.client_id === clientId);
  announce({ type: "changed" });
}

export function flushOutbox(): Promise<void> {
  mustRunAgain = true;
  running ??= withLock("dc-outbox", drainAll).finally(() => {
    running = null;
    if (mustRunAgain && owner) void flushOutbox(); // a wake-up while the lock was being let go
  });
  return running;
}

async function drainAll() {
  while (mustRunAgain && owner) {
    mustRunAgain = false;
    const rooms = new Set((await queued(owner.userId)).map((send) => send.room_id));
    await Promise.all([...rooms].map(drainRoom));
  }
}

async function drainRoom(roomId: string) {
  while (owner) {
    const { userId, transport } = owner;
    const send = (await queued(userId)).find((candidate) => candidate.room_id === roomId);
    if (!send) return;
    patchItem(send.client_id, { state: "sending" });
    try {
      const seq = (await transport(send))?.seq ?? null;
      await deleteSend(send.client_id);
      markSent(send.client_id, seq);
      announce({ type: "sent", client_id: send.client_id, seq });
    } catch (failure) {
      const mayGoOn = await settleFailure(send, failure);
      if (!mayGoOn) return;
    }
  }
}

/** True when the room's queue may go on: after a wait, or past a message that has failed. */
async function settleFailure(send: StoredSend, failure: unknown): Promise<boolean> {
  if (owner?.userId !== send.user_id) return false; // signed out meanwhile: what was deleted stays deleted
  const verdict = judge(failure, send.tries);
  if (verdict.kind === "failed") {
    await putSend({ ...send, state: "failed", error: verdict.error });
    patchItem(send.client_id, { state: "failed", error: verdict.error });
    announce({ type: "changed" });
    return true;
  }
  patchItem(send.client_id, { state: "queued" });
  if (verdict.kind === "disconnected") return false;
  await putSend({ ...send, tries: send.tries + 1 });
  await new Promise((resolve) => setTimeout(resolve, verdict.ms));
  return true;
}

const queued = async (userId: string): Promise<StoredSend[]> =>
  (await listSends(userId)).filter((send) => send.state === "queued" && (send.not_before ?? 0) <= Date.now());

function markSent(clientId: string, seq: number | null) {
  if (seq === null) removeItems((item) => item.client_id === clientId);
  else patchItem(clientId, { state: "sent", seq });
}

function announce(notice: Notice) {
  channel?.postMessage(notice);
}

/** Takes over what IndexedDB holds, keeping what this tab knows better: being sent, or sent and not yet arrived. */
async function readBack() {
  if (!owner) return;
  const sends = await listSends(owner.userId);
  const known = new Map(allItems().map((item) => [item.client_id, item]));
  const stored = sends.map((send) => {
    const item = known.get(send.client_id);
    const isKnownBetter = item?.state === "sending" || item?.state === "sent";
    return item && isKnownBetter && send.state === "queued" ? item : toItem(send);
  });
  const ids = new Set(sends.map((send) => send.client_id));
  setItems([...allItems().filter((item) => item.state === "sent" && !ids.has(item.client_id)), ...stored]);
}

function toItem({
  tries: _tries,
  user_id: _user,
  order: _order,
  not_before: _time,
  ...item
}: StoredSend): OutboxItem {
  return item;
}

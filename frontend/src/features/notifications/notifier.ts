/**
 * Tells about messages that come in unseen.
 *
 * Invariants:
 * - Of all tabs of this browser one speaks: the one that holds the lock. When it closes the next takes over.
 * - A message is held back for a moment, and only told when no device has read it by then.
 * - A banner goes when its room is read, wherever that is.
 */
import { preferences } from "@/entities/preferences/preferences";
import { mentions } from "@/entities/read-state/read-state";
import { readStateOf, readStateStore } from "@/entities/read-state/read-state-store";
import { myRooms } from "@/entities/rooms/my-rooms";
import { timelineOf } from "@/entities/timeline/timeline-store";
import type { Message, User } from "@/shared/api/types";
import { closeBanner, type OnOpen, showBanner } from "./banners";
import { chime } from "./chime";
import { decide } from "./decide";
import { onNewMessages } from "./new-messages";

/** A read mark of another tab or device takes up to 2 s to be sent. */
const HOLD_MS = 3_000;
const MAX_BODY = 160;

/** Waits for its turn among the tabs; returns the stop function. */
export function startNotifier(me: User, onOpen: OnOpen): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  // Without Web Locks (plain http on a LAN) browsers show no notifications either.
  void navigator.locks
    ?.request("dc-notifier", { signal }, () => {
      const notifier = new Notifier(me, onOpen);
      return new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          notifier.stop();
          resolve();
        });
      });
    })
    .catch(() => {}); // stopped while waiting
  return () => stopped.abort();
}

class Notifier {
  private readonly me: User;
  private readonly onOpen: OnOpen;
  private readonly held = new Map<string, { messages: Message[]; timer: ReturnType<typeof setTimeout> }>();
  private readonly told = new Map<string, number>();
  private readonly soundedAt = new Map<string, number>();
  private readonly stops: (() => void)[];

  constructor(me: User, onOpen: OnOpen) {
    this.me = me;
    this.onOpen = onOpen;
    this.stops = [
      onNewMessages((roomId, messages) => this.hold(roomId, messages)),
      readStateStore.subscribe(() => this.closeRead()),
    ];
  }

  stop() {
    for (const stop of this.stops) stop();
    for (const { timer } of this.held.values()) clearTimeout(timer);
    for (const roomId of this.told.keys()) void closeBanner(roomId);
  }

  private hold(roomId: string, messages: Message[]) {
    if (preferences().notify === "off" || Notification.permission !== "granted") return;
    const waiting = this.held.get(roomId);
    if (waiting) waiting.messages.push(...messages);
    else this.held.set(roomId, { messages, timer: setTimeout(() => this.tell(roomId), HOLD_MS) });
  }

  private tell(roomId: string) {
    const messages = (this.held.get(roomId)?.messages ?? []).map(asItStands);
    this.held.delete(roomId);
    const verdicts = messages.map((message) => ({ message, verdict: this.judge(roomId, message) }));
    const worth = verdicts.filter(({ verdict }) => verdict !== "nothing");
    const last = worth.at(-1)?.message;
    if (!last) return;
    const isUrgent = worth.some(({ message }) => this.isMention(message));
    this.told.set(roomId, last.seq);
    const banner = { roomId, seq: last.seq, isUrgent, ...wording(roomId, last, worth.length) };
    void showBanner(banner, this.onOpen).catch(() => {});
    if (worth.every(({ verdict }) => verdict !== "banner_and_sound")) return;
    this.soundedAt.set(roomId, performance.now());
    chime();
  }

  private judge(roomId: string, message: Message) {
    const { notify, notifySound } = preferences();
    return decide({
      isMine: message.author.id === this.me.id,
      isDeleted: message.body === null || message.body === undefined,
      isMention: this.isMention(message),
      isRead: (readStateOf(roomId)?.readSeq ?? 0) >= message.seq,
      level: notify,
      isSoundOn: notifySound === "on",
      quietForMs: performance.now() - (this.soundedAt.get(roomId) ?? Number.NEGATIVE_INFINITY),
    });
  }

  private isMention = ({ body }: Message) => mentions(body ?? "", this.me.username);

  private closeRead() {
    for (const [roomId, seq] of this.told) {
      const readSeq = readStateOf(roomId)?.readSeq ?? Number.POSITIVE_INFINITY; // left: nothing to read there
      if (readSeq < seq) continue;
      this.told.delete(roomId);
      void closeBanner(roomId);
    }
  }
}

/** It may have been edited or deleted while it was held back. */
function asItStands(message: Message): Message {
  const entry = timelineOf(message.room_id).entries.findLast(({ seq }) => seq === message.seq);
  return entry?.kind === "message" ? entry.message : message;
}

function wording(roomId: string, { author, body }: Message, count: number): { title: string; body: string } {
  const room = myRooms().find(({ id }) => id === roomId)?.name ?? "a room";
  const title = `${author.display_name} in #${room}`;
  if (preferences().notifyPrivately === "on")
    return { title, body: count > 1 ? `${count} new messages` : "New message" };
  const text = (body ?? "").replace(/\s+/g, " ").slice(0, MAX_BODY);
  return { title, body: count > 1 ? `${text} (and ${count - 1} more)` : text };
}

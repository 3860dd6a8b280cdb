/**
 * Keeps the socket subscribed to my rooms, each after its own cursor.
 *
 * Invariants:
 * - A room without a cursor begins at the head the server named, so its unread count continues from there.
 * - One subscribe per room is under way at a time; events that come out of order meanwhile are dropped, because
 *   the answer brings them again.
 */
import { follow } from "@/entities/timeline/timeline";
import { timelineOf, updateTimelines } from "@/entities/timeline/timeline-store";
import type { FrameOf } from "@/shared/realtime/frames";
import type { ChatSocket } from "@/shared/realtime/socket";

const MAX_ROOMS_A_FRAME = 100;
const BEHIND_MS = 2_000;

export class Subscriptions {
  private readonly socket: ChatSocket;
  /** Rooms whose subscribe is not answered yet, with its frame's id. */
  private readonly underWay = new Map<string, number>();
  private readonly rooms = new Set<string>();
  /** Where each room stood when its subscription began. */
  private readonly heads = new Map<string, number>();

  constructor(socket: ChatSocket) {
    this.socket = socket;
  }

  /** After a welcome: nothing is subscribed on a new connection. */
  begin(epoch: string, heads: { room_id: string; head: number }[]) {
    this.underWay.clear();
    this.rooms.clear();
    this.heads.clear();
    this.add(epoch, heads);
  }

  /** Rooms that I am in from now on; known ones are left alone. */
  add(epoch: string, heads: { room_id: string; head: number }[]) {
    const fresh = heads.filter(({ room_id }) => !this.rooms.has(room_id));
    updateTimelines((get) =>
      Object.fromEntries(fresh.map(({ room_id, head }) => [room_id, follow(get(room_id), epoch, head)])),
    );
    this.subscribe(fresh.map(({ room_id }) => room_id));
  }

  remove(roomId: string) {
    this.rooms.delete(roomId);
    this.heads.delete(roomId);
    this.underWay.delete(roomId);
  }

  /** A gap, or a cursor that was set anew: ask for everything after it. */
  again(roomId: string) {
    if (!this.underWay.has(roomId)) this.subscribe([roomId]);
  }

  /** The cursor was replaced, so what is under way asks for the wrong thing. */
  afresh(roomId: string) {
    this.underWay.delete(roomId);
    this.subscribe([roomId]);
  }

  confirmed(roomId: string, head: number) {
    this.underWay.delete(roomId);
    this.heads.set(roomId, head);
  }

  /** Whether an event is from before the subscription: it was missed, in whatever frame it comes. */
  isMissed(roomId: string, seq: number): boolean {
    return seq <= (this.heads.get(roomId) ?? 0);
  }

  /**
   * Rooms whose subscribe this error refuses: one, or all of its frame where the frame itself was refused. None when
   * the error answers something else (a late `send`, a `read`).
   */
  refused({ id, room_id }: Pick<FrameOf<"error">, "id" | "room_id">): string[] {
    const rooms = room_id ? [room_id] : [...this.underWay.keys()];
    return rooms.filter((roomId) => this.underWay.has(roomId) && this.underWay.get(roomId) === id);
  }

  /** `pong.heads`: a room whose head stays ahead of the cursor for 2 s has lost something on the way. */
  compare(heads: Record<string, number>) {
    for (const [roomId, head] of Object.entries(heads)) {
      const isBehind = () => this.rooms.has(roomId) && (timelineOf(roomId).have ?? head) < head;
      if (isBehind()) setTimeout(() => isBehind() && this.again(roomId), BEHIND_MS);
    }
  }

  private subscribe(roomIds: readonly string[]) {
    for (let at = 0; at < roomIds.length; at += MAX_ROOMS_A_FRAME) {
      const part = roomIds.slice(at, at + MAX_ROOMS_A_FRAME);
      const rooms = part.map((roomId) => {
        const { epoch, have } = timelineOf(roomId);
        return { room_id: roomId, ...(epoch === null || have === null ? {} : { epoch, after: have }) };
      });
      const id = this.socket.nextId();
      if (!this.socket.send({ type: "subscribe", id, rooms })) return;
      for (const roomId of part) {
        this.rooms.add(roomId);
        this.underWay.set(roomId, id);
      }
    }
  }
}

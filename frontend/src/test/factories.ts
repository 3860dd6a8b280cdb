/** People, rooms and messages for tests. */
import type { Message, MessagePage, Room, RoomEvent, User } from "@/shared/api/types";

const uuid = (n: number) => `0193b0a0-0000-7000-8000-${String(n).padStart(12, "0")}`;

export const ROOM_ID = uuid(100);

function person(n: number, username: string, display_name: string): User {
  const [first_name = "", last_name = ""] = display_name.split(" ");
  const email = `${username}@example.org`;
  return {
    id: uuid(n),
    username,
    display_name,
    first_name,
    last_name,
    email,
    created_at: "2025-01-01T00:00:00Z",
    email_verified: true,
  };
}

export const ada = person(1, "ada", "Ada Lovelace");
export const linus = person(2, "linus", "Linus Torvalds");

export function message(seq: number, over: Partial<Message> = {}): Message {
  const { id, username, display_name } = linus;
  return {
    id: uuid(10_000 + seq),
    room_id: ROOM_ID,
    seq,
    revision: seq,
    author: { id, username, display_name },
    body: `message ${seq}`,
    reply_to: null,
    reactions: [],
    created_at: new Date(Date.UTC(2025, 10, 20, 9) + seq * 60_000).toISOString(),
    edited_at: null,
    deleted_at: null,
    ...over,
  };
}

export function created(seq: number, over: Partial<Message> = {}): RoomEvent {
  return event(seq, "message_created", { message: message(seq, over) });
}

/** Of any kind, those of newer servers too. */
export function event(seq: number, kind: string, data: object): RoomEvent {
  const at = new Date(seq * 60_000).toISOString();
  return { room_id: ROOM_ID, seq, kind, actor_id: linus.id, at, data } as RoomEvent;
}

export function page(messages: Message[], over: Partial<MessagePage> = {}): MessagePage {
  const as_of_seq = messages.at(-1)?.seq ?? 0;
  return { epoch: "e1", as_of_seq, messages, has_more_before: false, has_more_after: false, ...over };
}

export function room(over: Partial<Room> = {}): Room {
  return {
    id: ROOM_ID,
    name: "release-train",
    topic: "",
    visibility: "public",
    archived_at: null,
    slow_mode: false,
    created_at: "2025-01-01T00:00:00Z",
    head: 0,
    member_count: 2,
    role: "member",
    read_seq: 0,
    unread_count: 0,
    mention_count: 0,
    ...over,
  };
}

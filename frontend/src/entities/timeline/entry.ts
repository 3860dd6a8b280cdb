/** What one line of a room's history is: a message, or a note about the room or its members. */
import type { Message, Role, RoomEvent, Schemas, UserSummary } from "@/shared/api/types";

export type Note =
  | { kind: "joined" | "left" | "removed"; event: RoomEvent; user: UserSummary }
  | { kind: "role"; event: RoomEvent; user: UserSummary; role: Role }
  | { kind: "updated" | "archived"; event: RoomEvent; name: string; topic: string };

export type Entry =
  | { kind: "message"; seq: number; message: Message }
  | { kind: "note"; seq: number; note: Note };

/** What `data` can hold over all kinds, those of newer servers included: each part may be missing. */
interface EventData {
  message?: Message;
  user?: UserSummary;
  role?: Role;
  room?: Schemas["RoomSettings"];
}

export function dataOf(event: RoomEvent): EventData {
  return event.data as EventData;
}

export function messageOf(event: RoomEvent): Message | null {
  return dataOf(event).message ?? null;
}

export function noteOf(event: RoomEvent): Note | null {
  const { user, role, room } = dataOf(event);
  switch (event.kind) {
    case "member_joined":
      return user ? { kind: "joined", event, user } : null;
    case "member_left":
      return user ? { kind: "left", event, user } : null;
    case "member_removed":
      return user ? { kind: "removed", event, user } : null;
    case "role_changed":
      return user && role ? { kind: "role", event, user, role } : null;
    case "room_updated":
      return room ? { kind: "updated", event, name: room.name, topic: room.topic } : null;
    case "room_archived":
      return room ? { kind: "archived", event, name: room.name, topic: room.topic } : null;
    default:
      return null;
  }
}

/**
 * Who may do what in a room: the server's rules, repeated here only to offer nothing that it would refuse. Pure.
 */
import type { Role, Room } from "@/shared/api/types";

type Standing = Pick<Room, "role" | "visibility" | "archived_at">;

const POWER: Record<Role, number> = { member: 0, admin: 1, owner: 2 };
const ROLES: readonly Role[] = ["member", "admin", "owner"];

const isAtLeast = ({ role }: Standing, least: Role) => !!role && POWER[role] >= POWER[least];

/** Name, topic, slow mode. */
export const mayUpdate = (room: Standing) => isAtLeast(room, "admin") && !room.archived_at;
export const mayArchive = (room: Standing) => isAtLeast(room, "admin");
export const mayDelete = (room: Standing) => isAtLeast(room, "owner");

export function mayAddPeople(room: Standing): boolean {
  return !room.archived_at && isAtLeast(room, room.visibility === "public" ? "member" : "admin");
}

export function mayRemove(room: Standing, target: Role): boolean {
  return room.role === "owner" || (room.role === "admin" && target === "member");
}

/** The roles that I may give somebody who has this one now; none but theirs: I may not change it. */
export function rolesFor(room: Standing, current: Role): readonly Role[] {
  if (room.role === "owner") return ROLES;
  return room.role === "admin" && current === "member" ? ["member", "admin"] : [current];
}

/** What the switcher offers for what was typed, in groups: my rooms, rooms one could join, people, commands. */
import { useDeferredValue } from "react";
import { useReadStates } from "@/entities/read-state/read-state-store";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import { recentRooms } from "@/entities/rooms/recent-rooms";
import { useMe } from "@/entities/session/session-store";
import { $api } from "@/shared/api/client";
import type { Room, UserSummary } from "@/shared/api/types";
import { rank } from "@/shared/lib/rank";
import type { Command } from "./command";

export type Destination =
  | { kind: "room"; id: string; room: Room }
  | { kind: "other_room"; id: string; room: Room }
  | { kind: "person"; id: string; user: UserSummary }
  | { kind: "command"; id: string; command: Command };

export interface Group {
  label: string;
  items: Destination[];
}

const MAX_ROOMS = 8;
const MAX_OTHERS = 4;
const MAX_PEOPLE = 4;

/** `>` before the text asks for commands only, `#` for rooms, `@` for people: choosing one mentions them. */
export function useDestinations(
  typed: string,
  openRoomId: string | undefined,
  commands: readonly Command[],
): Group[] {
  const { data: rooms = [] } = useMyRooms();
  const readStates = useReadStates();
  const prefix = /^[>#@]/.exec(typed)?.[0];
  const query = typed.replace(/^[>#@]\s*/, "");
  const others = useOtherRooms(prefix === undefined || prefix === "#" ? query : "");
  const people = usePeople(prefix === undefined || prefix === "@" ? query : "");
  const recent = recentRooms.get();
  const urgency = ({ id }: Room) => {
    const { mentions = 0, unread = 0 } = readStates[id] ?? {};
    const place = recent.indexOf(id);
    return mentions * 1_000 + (unread > 0 ? 500 : 0) + (place < 0 ? 0 : 100 - place);
  };
  const mine = rooms
    // Jumping to where one is would be no jump; typed by name it is found all the same.
    .filter(({ id }) => query !== "" || id !== openRoomId)
    .sort((a, b) => urgency(b) - urgency(a));
  const found = rank(query, mine, ({ name, topic }) => (query.length > 2 ? [name, topic] : [name]));
  const groups: Group[] = [
    {
      label: "Rooms",
      items: found.slice(0, MAX_ROOMS).map((room) => ({ kind: "room", id: room.id, room })),
    },
    {
      label: "Rooms you could join",
      items: others.map((room) => ({ kind: "other_room", id: room.id, room })),
    },
  ];
  const mentioned: Group = {
    label: "People",
    items: people.map((user) => ({ kind: "person", id: user.id, user })),
  };
  const doing: Group = {
    label: "Commands",
    items: rank(query, commands, ({ label, words = "" }) => [label, words]).map((command) => ({
      kind: "command",
      id: command.id,
      command,
    })),
  };
  const offered: Record<string, Group[]> = { ">": [doing], "#": groups, "@": [mentioned] };
  return (offered[prefix ?? ""] ?? [...groups, mentioned, doing]).filter(({ items }) => items.length > 0);
}

const namesOfRoom = ({ name, topic }: Room) => [name, topic];
const namesOfPerson = ({ display_name, username }: UserSummary) => [display_name, username];

/** Until the server has answered: those of the answer before that still fit, so that Enter picks nobody else. */
function useOtherRooms(query: string): Room[] {
  const wanted = useDeferredValue(query.trim());
  const { data } = $api.useQuery(
    "get",
    "/api/v1/rooms",
    { params: { query: { query: wanted, joined: false, limit: MAX_OTHERS } } },
    {
      enabled: wanted.length > 0,
      placeholderData: (before) => before && { ...before, items: rank(wanted, before.items, namesOfRoom) },
    },
  );
  return wanted ? (data?.items ?? []) : [];
}

/** Everybody on the server, wherever the switcher opens: who is in the open room is no question here. */
function usePeople(query: string): UserSummary[] {
  const me = useMe();
  const wanted = useDeferredValue(query.trim());
  const { data } = $api.useQuery(
    "get",
    "/api/v1/users",
    { params: { query: { query: wanted, limit: MAX_PEOPLE + 1 } } },
    {
      enabled: wanted.length > 0,
      placeholderData: (before) => before && { ...before, items: rank(wanted, before.items, namesOfPerson) },
    },
  );
  const found = wanted ? (data?.items ?? []) : [];
  return found.filter(({ id }) => id !== me.id).slice(0, MAX_PEOPLE);
}

import type { Room } from "@/shared/api/types";

/** As the sidebar shows them and Alt+↑/↓ walks through them: what is written in, then what is only read. */
export function roomSections(rooms: readonly Room[]): { open: Room[]; archived: Room[] } {
  return {
    open: rooms.filter(({ archived_at }) => !archived_at),
    archived: rooms.filter(({ archived_at }) => archived_at),
  };
}

/** Alt+↑/↓: previous or next room; with Shift, the next one with something unread. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { readStateOf } from "@/entities/read-state/read-state-store";
import { myRooms } from "@/entities/rooms/my-rooms";
import { roomSections } from "@/entities/rooms/room-sections";

export function useRoomKeys(roomId: string | undefined) {
  const navigate = useNavigate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isArrow = event.key === "ArrowUp" || event.key === "ArrowDown";
      if (!event.altKey || !isArrow || event.ctrlKey || event.metaKey) return;
      if (document.querySelector("dialog[open]")) return;
      const next = neighbour(roomId, event.key === "ArrowUp" ? -1 : 1, event.shiftKey);
      if (!next) return;
      event.preventDefault();
      void navigate({ to: "/r/$roomId", params: { roomId: next } });
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [navigate, roomId]);
}

function neighbour(roomId: string | undefined, step: 1 | -1, isUnreadOnly: boolean): string | undefined {
  const ids = roomSections(myRooms()).open.map(({ id }) => id);
  const at = ids.indexOf(roomId ?? "");
  const from = at < 0 && step < 0 ? 0 : at;
  const ahead = ids.map((_, index) => ids[(from + step * (index + 1) + 2 * ids.length) % ids.length]);
  return ahead.find((id) => id !== undefined && (!isUnreadOnly || (readStateOf(id)?.unread ?? 0) > 0));
}

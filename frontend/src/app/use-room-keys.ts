/** To the previous or the next room, or to the next one with something unread. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { readStateOf } from "@/entities/read-state/read-state-store";
import { myRooms } from "@/entities/rooms/my-rooms";
import { roomSections } from "@/entities/rooms/room-sections";
import { isPressed } from "@/entities/shortcuts/bindings";

const STEPS = [
  { id: "previousRoom", by: -1, isUnreadOnly: false },
  { id: "nextRoom", by: 1, isUnreadOnly: false },
  { id: "previousUnread", by: -1, isUnreadOnly: true },
  { id: "nextUnread", by: 1, isUnreadOnly: true },
] as const;

export function useRoomKeys(roomId: string | undefined) {
  const navigate = useNavigate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = STEPS.find(({ id }) => isPressed(event, id));
      if (!step || event.defaultPrevented) return;
      if (document.querySelector("dialog[open]")) return;
      const next = neighbour(roomId, step.by, step.isUnreadOnly);
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

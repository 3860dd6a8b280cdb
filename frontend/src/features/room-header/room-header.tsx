import { Archive, Hash, Lock, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { Room } from "@/shared/api/types";
import { IconButton } from "@/shared/ui/icon-button";
import { BackToRooms } from "./back-to-rooms";

interface RoomHeaderProps {
  room: Room;
  isPaneOpen: boolean;
  onTogglePane: () => void;
  menu: ReactNode;
}

/** The room's name and topic, and what one can open from it. */
export function RoomHeader({ room, isPaneOpen, onTogglePane, menu }: RoomHeaderProps) {
  const Icon = room.archived_at ? Archive : room.visibility === "private" ? Lock : Hash;
  return (
    <header className="flex h-14 flex-none items-center gap-2 border-line border-b pr-3 pl-(--gutter) max-md:px-1.5">
      <BackToRooms roomId={room.id} />
      <Icon size={18} className="flex-none text-muted" aria-hidden="true" />
      <div className="min-w-0 flex-1 items-center gap-2.5 md:flex">
        <h1 title={room.name} className="flex-none truncate font-semibold text-title md:max-w-[60%]">
          {room.name}
        </h1>
        <p
          title={room.topic}
          className="truncate text-muted text-sm empty:hidden md:border-line md:border-l md:pl-2.5"
        >
          {room.topic}
        </p>
      </div>
      <IconButton
        label={isPaneOpen ? "Hide members" : "Show members"}
        aria-pressed={isPaneOpen}
        onClick={onTogglePane}
        className="grid-flow-col gap-1.5 px-2"
      >
        <Users size={17} />
        <span className="font-medium text-sm tabular-nums">{room.member_count}</span>
      </IconButton>
      {menu}
    </header>
  );
}

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
    <header className="flex h-14 flex-none items-center gap-2 border-line border-b px-4 max-md:px-1.5">
      <BackToRooms roomId={room.id} />
      <Icon size={18} className="flex-none text-muted" aria-hidden="true" />
      <h1 className="max-w-[60%] flex-none truncate font-semibold text-title">{room.name}</h1>
      <p
        title={room.topic}
        className="min-w-0 flex-1 truncate border-line border-l pl-2.5 text-muted text-sm empty:invisible max-md:border-0 max-md:pl-1"
      >
        {room.topic}
      </p>
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

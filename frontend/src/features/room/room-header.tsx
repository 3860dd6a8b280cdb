import { Link } from "@tanstack/react-router";
import { ArrowLeft, Ellipsis, Hash, Lock, LogOut, Users } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import type { Room } from "@/shared/api/types";
import { IconButton } from "@/shared/ui/icon-button";
import { LeaveRoomDialog } from "./leave-room-dialog";

interface RoomHeaderProps {
  room: Room;
  isPaneOpen: boolean;
  onTogglePane: () => void;
}

export function RoomHeader({ room, isPaneOpen, onTogglePane }: RoomHeaderProps) {
  const [isLeaving, setIsLeaving] = useState(false);
  const menuButton = useRef<HTMLButtonElement>(null);
  const Icon = room.visibility === "private" ? Lock : Hash;
  return (
    <header className="flex h-14 flex-none items-center gap-2 border-line border-b px-4 max-md:px-1.5">
      <Link to="/" aria-label="Back to rooms" className="icon-button md:hidden">
        <ArrowLeft size={20} />
      </Link>
      <Icon size={18} className="flex-none text-muted" aria-hidden="true" />
      <h1 className="max-w-[60%] flex-none truncate font-semibold text-title">{room.name}</h1>
      <p className="min-w-0 flex-1 truncate border-line border-l pl-2.5 text-muted text-sm empty:invisible max-md:border-0 max-md:pl-1">
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
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger ref={menuButton} aria-label="Room menu" className="icon-button">
          <Ellipsis size={18} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            className="z-50 min-w-44 rounded-card border border-line bg-raised p-1.5 shadow-float"
          >
            <DropdownMenu.Item
              onSelect={() => setIsLeaving(true)}
              className="touch-target flex min-h-8.5 cursor-default items-center gap-2.5 rounded-control px-2 text-danger outline-none data-[highlighted]:bg-hover"
            >
              <LogOut size={16} aria-hidden="true" />
              Leave room…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isLeaving ? (
        <LeaveRoomDialog room={room} opener={menuButton} onClose={() => setIsLeaving(false)} />
      ) : null}
    </header>
  );
}

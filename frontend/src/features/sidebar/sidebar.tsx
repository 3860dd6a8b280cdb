import { Link } from "@tanstack/react-router";
import { Compass, Plus } from "lucide-react";
import { useState } from "react";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import { IconButton } from "@/shared/ui/icon-button";
import { Logo } from "@/shared/ui/logo";
import { CreateRoomDialog } from "./create-room-dialog";
import { RoomList } from "./room-list";
import { UserMenu } from "./user-menu";

export function Sidebar() {
  const [isCreating, setIsCreating] = useState(false);
  const rooms = useMyRooms();
  return (
    <nav aria-label="Rooms" className="sidebar flex h-full min-h-0 flex-col bg-sidebar">
      <div className="flex h-14 flex-none items-center gap-2.5 px-4 font-semibold text-title">
        <Logo className="size-6" />
        DevsChat
      </div>
      <div className="flex flex-none items-center justify-between py-1 pr-2 pl-4">
        <h2 className="font-medium text-muted text-sm">Rooms</h2>
        <IconButton label="Create a room" onClick={() => setIsCreating(true)}>
          <Plus size={17} />
        </IconButton>
      </div>
      <RoomList rooms={rooms.data} isFailed={rooms.isError} onRetry={() => void rooms.refetch()} />
      <div className="flex-none border-line border-t p-2">
        <Link
          to="/browse"
          className="touch-target flex min-h-9 items-center gap-2.5 rounded-control px-2 text-muted hover:bg-line/50 hover:text-fg data-[status=active]:bg-accent-soft data-[status=active]:text-fg"
        >
          <Compass size={16} aria-hidden="true" />
          Browse rooms
        </Link>
        <UserMenu />
      </div>
      {isCreating ? <CreateRoomDialog onClose={() => setIsCreating(false)} /> : null}
    </nav>
  );
}

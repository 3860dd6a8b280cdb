import { Link } from "@tanstack/react-router";
import { Compass, Plus, Search } from "lucide-react";
import type { RefObject } from "react";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import { useKeysOf } from "@/entities/shortcuts/bindings";
import { ariaKeys } from "@/shared/lib/keys";
import { IconButton } from "@/shared/ui/icon-button";
import { Keys } from "@/shared/ui/keys";
import { Logo } from "@/shared/ui/logo";
import { RoomList } from "./room-list";
import { UserMenu } from "./user-menu";

interface SidebarProps {
  /** It is all there is on the screen. */
  isPage: boolean;
  onJump: () => void;
  onCreateRoom: () => void;
  onShowShortcuts: (opener: RefObject<HTMLElement | null>) => void;
  onSignOut: (opener: RefObject<HTMLElement | null>) => void;
}

export function Sidebar({ isPage, onJump, onCreateRoom, onShowShortcuts, onSignOut }: SidebarProps) {
  const rooms = useMyRooms();
  const jumpKeys = useKeysOf("jump");
  const Title = isPage ? "h1" : "p";
  return (
    <nav aria-label="Rooms" className="sidebar flex h-full min-h-0 flex-col bg-sidebar">
      <Title className="flex h-14 flex-none items-center gap-2.5 px-4 font-semibold text-title">
        <Logo className="size-6" />
        DevsChat
      </Title>
      <div className="flex-none px-2 pb-2">
        <button
          type="button"
          onClick={onJump}
          aria-keyshortcuts={ariaKeys(jumpKeys)}
          className="touch-target flex min-h-8.5 w-full items-center gap-2.5 rounded-control border border-line bg-surface px-2 text-muted hover:border-strong hover:text-fg"
        >
          <Search size={15} className="flex-none" aria-hidden="true" />
          <span className="flex-1 text-left">Jump to…</span>
          <span aria-hidden="true" className="max-md:hidden">
            {jumpKeys[0] ? <Keys combo={jumpKeys[0]} /> : null}
          </span>
        </button>
      </div>
      <div className="flex flex-none items-center justify-between py-0.5 pr-2 pl-4">
        <h2 className="font-medium text-muted text-sm">Rooms</h2>
        <IconButton label="Create a room" onClick={onCreateRoom}>
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
        <UserMenu onShowShortcuts={onShowShortcuts} onSignOut={onSignOut} />
      </div>
    </nav>
  );
}

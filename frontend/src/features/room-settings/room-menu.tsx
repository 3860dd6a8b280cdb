import { Link } from "@tanstack/react-router";
import { Ellipsis, LogOut, SlidersHorizontal, Users } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { lazy, Suspense, useRef, useState } from "react";
import type { Room } from "@/shared/api/types";

const LeaveRoomDialog = lazy(() => import("./leave-room-dialog"));

/** What one can do with a room as a whole. */
export function RoomMenu({ room }: { room: Room }) {
  const [isLeaving, setIsLeaving] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger ref={button} aria-label="Room menu" className="icon-button">
          <Ellipsis size={18} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={6} className="menu min-w-52">
            <DropdownMenu.Item asChild>
              <Link to="/r/$roomId/settings/members" params={{ roomId: room.id }} className="menu-item">
                <Users size={16} className="text-muted" aria-hidden="true" />
                Members and roles
              </Link>
            </DropdownMenu.Item>
            <DropdownMenu.Item asChild>
              <Link to="/r/$roomId/settings" params={{ roomId: room.id }} className="menu-item">
                <SlidersHorizontal size={16} className="text-muted" aria-hidden="true" />
                Room settings
              </Link>
            </DropdownMenu.Item>
            <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
            <DropdownMenu.Item onSelect={() => setIsLeaving(true)} className="menu-item text-danger">
              <LogOut size={16} aria-hidden="true" />
              Leave room…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isLeaving ? (
        <Suspense>
          <LeaveRoomDialog room={room} opener={button} onClose={() => setIsLeaving(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

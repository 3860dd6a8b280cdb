import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Room } from "@/shared/api/types";
import { MenuButton, useMenu } from "@/shared/ui/menu-button";

const RoomMenuItems = lazy(() => import("./room-menu-items"));
const LeaveRoomDialog = lazy(() => import("./leave-room-dialog"));

/** What one can do with a room as a whole. */
export function RoomMenu({ room }: { room: Room }) {
  const [isLeaving, setIsLeaving] = useState(false);
  const menu = useMenu();
  return (
    <>
      <MenuButton
        {...menu}
        menu={(handle) => <RoomMenuItems {...handle} roomId={room.id} onLeave={() => setIsLeaving(true)} />}
        aria-label="Room menu"
        className="icon-button"
      >
        <Ellipsis size={18} />
      </MenuButton>
      {isLeaving ? (
        <Suspense>
          <LeaveRoomDialog room={room} opener={menu.button} onClose={() => setIsLeaving(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

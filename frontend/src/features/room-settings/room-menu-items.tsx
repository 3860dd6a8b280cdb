import { Link } from "@tanstack/react-router";
import { LogOut, SlidersHorizontal, Users } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Menu } from "@/shared/ui/menu";
import type { MenuHandle } from "@/shared/ui/menu-button";

interface RoomMenuItemsProps extends MenuHandle {
  roomId: string;
  onLeave: () => void;
}

export default function RoomMenuItems({ roomId, onLeave, ...handle }: RoomMenuItemsProps) {
  return (
    <Menu {...handle} align="end" className="min-w-52">
      <DropdownMenu.Item asChild>
        <Link to="/r/$roomId/settings/members" params={{ roomId }} className="menu-item">
          <Users size={16} className="text-muted" aria-hidden="true" />
          Members and roles
        </Link>
      </DropdownMenu.Item>
      <DropdownMenu.Item asChild>
        <Link to="/r/$roomId/settings" params={{ roomId }} className="menu-item">
          <SlidersHorizontal size={16} className="text-muted" aria-hidden="true" />
          Room settings
        </Link>
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
      <DropdownMenu.Item onSelect={onLeave} className="menu-item text-danger">
        <LogOut size={16} aria-hidden="true" />
        Leave room…
      </DropdownMenu.Item>
    </Menu>
  );
}

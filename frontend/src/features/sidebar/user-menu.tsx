import { ChevronsUpDown } from "lucide-react";
import { lazy, type RefObject } from "react";
import { useMe } from "@/entities/session/session-store";
import { Avatar } from "@/shared/ui/avatar";
import { MenuButton, useMenu } from "@/shared/ui/menu-button";

const UserMenuItems = lazy(() => import("./user-menu-items"));

interface UserMenuProps {
  onShowShortcuts: (opener: RefObject<HTMLElement | null>) => void;
  onSignOut: (opener: RefObject<HTMLElement | null>) => void;
}

/** Me, at the foot of the sidebar: settings, the theme, help, and signing out. */
export function UserMenu({ onShowShortcuts, onSignOut }: UserMenuProps) {
  const me = useMe();
  const menu = useMenu();
  return (
    <MenuButton
      {...menu}
      menu={(handle) => (
        <UserMenuItems
          {...handle}
          onShowShortcuts={() => onShowShortcuts(menu.button)}
          onSignOut={() => onSignOut(menu.button)}
        />
      )}
      className="mt-1 flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-left hover:bg-line/50"
    >
      <Avatar id={me.id} name={me.display_name} size="sm" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium leading-5">{me.display_name}</span>
        <span className="block truncate text-meta text-muted leading-4">@{me.username}</span>
      </span>
      <ChevronsUpDown size={15} className="flex-none text-muted" aria-hidden="true" />
    </MenuButton>
  );
}

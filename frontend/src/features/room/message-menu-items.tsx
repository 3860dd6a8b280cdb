import { DropdownMenu } from "radix-ui";
import { keysInTextOf } from "@/entities/shortcuts/bindings";
import { Menu } from "@/shared/ui/menu";
import type { MenuHandle } from "@/shared/ui/menu-button";
import type { Action } from "./action-list";

interface MessageMenuItemsProps extends MenuHandle {
  actions: readonly Action[];
}

export default function MessageMenuItems({ actions, ...handle }: MessageMenuItemsProps) {
  return (
    <Menu
      {...handle}
      align="end"
      collisionPadding={8}
      className="min-w-52"
      onCloseAutoFocus={(event) => event.preventDefault()}
    >
      {actions.map(({ name, command, icon: Icon, isDangerous, run }) => (
        <DropdownMenu.Item
          key={name}
          onSelect={run}
          className={`menu-item ${isDangerous ? "text-danger" : ""}`}
        >
          <Icon size={16} className={isDangerous ? "" : "text-muted"} aria-hidden="true" />
          <span className="flex-1">{name}</span>
          {command ? <span className="text-meta text-muted">{keysInTextOf(command)}</span> : null}
        </DropdownMenu.Item>
      ))}
    </Menu>
  );
}

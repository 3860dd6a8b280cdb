import { Ban, KeyRound, ShieldCheck, ShieldOff, UserCheck } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { Schemas } from "@/shared/api/types";
import { Menu } from "@/shared/ui/menu";
import type { MenuHandle } from "@/shared/ui/menu-button";

interface AccountMenuItemsProps extends MenuHandle {
  account: Schemas["Account"];
  isBusy: boolean;
  onGivePassword: () => void;
  onDisable: () => void;
  /** `done` is what is said when it worked. */
  onChange: (wish: Schemas["UpdateAccountRequest"], done: string) => void;
}

export default function AccountMenuItems(props: AccountMenuItemsProps) {
  const { account, isBusy, onGivePassword, onDisable, onChange, ...handle } = props;
  const { display_name: name, is_admin: isAdmin } = account;
  const ShieldIcon = isAdmin ? ShieldOff : ShieldCheck;
  return (
    <Menu {...handle} align="end" className="min-w-52">
      <DropdownMenu.Item disabled={isBusy} onSelect={onGivePassword} className="menu-item">
        <KeyRound size={16} className="text-muted" aria-hidden="true" />
        New password…
      </DropdownMenu.Item>
      <DropdownMenu.Item
        disabled={isBusy}
        onSelect={() =>
          onChange({ is_admin: !isAdmin }, isAdmin ? `${name} is no longer admin` : `${name} is admin now`)
        }
        className="menu-item"
      >
        <ShieldIcon size={16} className="text-muted" aria-hidden="true" />
        {isAdmin ? "Remove as server admin" : "Make server admin"}
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
      {account.disabled_at ? (
        <DropdownMenu.Item
          disabled={isBusy}
          onSelect={() => onChange({ is_disabled: false }, `${name} may sign in again`)}
          className="menu-item"
        >
          <UserCheck size={16} className="text-muted" aria-hidden="true" />
          Enable
        </DropdownMenu.Item>
      ) : (
        <DropdownMenu.Item disabled={isBusy} onSelect={onDisable} className="menu-item text-danger">
          <Ban size={16} aria-hidden="true" />
          Disable…
        </DropdownMenu.Item>
      )}
    </Menu>
  );
}

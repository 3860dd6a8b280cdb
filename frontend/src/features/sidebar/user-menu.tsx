import { Link } from "@tanstack/react-router";
import { Check, ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type RefObject, useRef } from "react";
import { type Preferences, setPreference, usePreference } from "@/entities/preferences/preferences";
import { useMe } from "@/entities/session/session-store";
import { Avatar } from "@/shared/ui/avatar";

const THEMES = [
  { value: "system", label: "Like the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

interface UserMenuProps {
  onShowShortcuts: (opener: RefObject<HTMLElement | null>) => void;
  onSignOut: (opener: RefObject<HTMLElement | null>) => void;
}

/** Me, at the foot of the sidebar: settings, the theme, help, and signing out. */
export function UserMenu({ onShowShortcuts, onSignOut }: UserMenuProps) {
  const me = useMe();
  const theme = usePreference("theme");
  const button = useRef<HTMLButtonElement>(null);
  const choose = (value: string) => setPreference("theme", value as Preferences["theme"]);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        ref={button}
        className="mt-1 flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-left hover:bg-line/50"
      >
        <Avatar id={me.id} name={me.display_name} size="sm" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium leading-5">{me.display_name}</span>
          <span className="block truncate text-meta text-muted leading-4">@{me.username}</span>
        </span>
        <ChevronsUpDown size={15} className="flex-none text-muted" aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content side="top" align="start" sideOffset={6} className="menu w-60">
          <DropdownMenu.Item asChild>
            <Link to="/settings" className="menu-item">
              <Settings size={16} className="text-muted" aria-hidden="true" />
              Settings
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => onShowShortcuts(button)}>
            <Keyboard size={16} className="text-muted" aria-hidden="true" />
            Keyboard shortcuts
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
          <DropdownMenu.Label className="px-2 pt-1 pb-1.5 text-meta text-muted">Theme</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme} onValueChange={choose}>
            {THEMES.map(({ value, label, icon: Icon }) => (
              <DropdownMenu.RadioItem key={value} value={value} className="menu-item">
                <Icon size={16} className="text-muted" aria-hidden="true" />
                <span className="flex-1">{label}</span>
                <DropdownMenu.ItemIndicator>
                  <Check size={16} className="text-accent" />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => onSignOut(button)}>
            <LogOut size={16} className="text-muted" aria-hidden="true" />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

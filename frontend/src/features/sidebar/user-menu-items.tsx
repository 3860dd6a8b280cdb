import { Link } from "@tanstack/react-router";
import { Check, Keyboard, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type Preferences, setPreference, usePreference } from "@/entities/preferences/preferences";
import { Menu } from "@/shared/ui/menu";
import type { MenuHandle } from "@/shared/ui/menu-button";

const THEMES = [
  { value: "system", label: "Like the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

interface UserMenuItemsProps extends MenuHandle {
  onShowShortcuts: () => void;
  onSignOut: () => void;
}

export default function UserMenuItems({ onShowShortcuts, onSignOut, ...handle }: UserMenuItemsProps) {
  const theme = usePreference("theme");
  const choose = (value: string) => setPreference("theme", value as Preferences["theme"]);
  return (
    <Menu {...handle} side="top" align="start" className="w-60">
      <DropdownMenu.Item asChild>
        <Link to="/settings" className="menu-item">
          <Settings size={16} className="text-muted" aria-hidden="true" />
          Settings
        </Link>
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={onShowShortcuts}>
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
      <DropdownMenu.Item className="menu-item" onSelect={onSignOut}>
        <LogOut size={16} className="text-muted" aria-hidden="true" />
        Sign out
      </DropdownMenu.Item>
    </Menu>
  );
}

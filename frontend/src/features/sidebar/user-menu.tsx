import { Check, ChevronsUpDown, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import { useMe } from "@/entities/session/session-store";
import { readTheme, type Theme, writeTheme } from "@/shared/lib/theme";
import { Avatar } from "@/shared/ui/avatar";
import { SignOutDialog } from "./sign-out-dialog";

const THEMES = [
  { value: "system", label: "Like the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

const itemClass =
  "touch-target flex min-h-8.5 cursor-default items-center gap-2.5 rounded-control px-2 outline-none data-[highlighted]:bg-accent-soft";

/** Me, at the foot of the sidebar: the theme, and signing out. */
export function UserMenu() {
  const me = useMe();
  const [theme, setTheme] = useState(readTheme);
  const [isLeaving, setIsLeaving] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (value: string) => {
    writeTheme(value as Theme);
    setTheme(value as Theme);
  };
  return (
    <>
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
          <DropdownMenu.Content
            side="top"
            align="start"
            sideOffset={6}
            className="z-50 w-60 rounded-card border border-line bg-raised p-1.5 shadow-float"
          >
            <DropdownMenu.Label className="px-2 pt-1 pb-1.5 text-meta text-muted">Theme</DropdownMenu.Label>
            <DropdownMenu.RadioGroup value={theme} onValueChange={choose}>
              {THEMES.map(({ value, label, icon: Icon }) => (
                <DropdownMenu.RadioItem key={value} value={value} className={itemClass}>
                  <Icon size={16} className="text-muted" aria-hidden="true" />
                  <span className="flex-1">{label}</span>
                  <DropdownMenu.ItemIndicator>
                    <Check size={16} className="text-accent" />
                  </DropdownMenu.ItemIndicator>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
            <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
            <DropdownMenu.Item className={itemClass} onSelect={() => setIsLeaving(true)}>
              <LogOut size={16} className="text-muted" aria-hidden="true" />
              Sign out
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isLeaving ? <SignOutDialog opener={button} onClose={() => setIsLeaving(false)} /> : null}
    </>
  );
}

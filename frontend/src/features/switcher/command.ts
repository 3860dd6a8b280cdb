import type { LucideIcon } from "lucide-react";

/** Something the switcher can do besides opening a room. */
export interface Command {
  id: string;
  label: string;
  /** Other words by which people look for it. */
  words?: string;
  icon: LucideIcon;
  keys?: string | undefined;
  run: () => void;
}

import { useNavigate, useParams } from "@tanstack/react-router";
import {
  BellRing,
  CheckCheck,
  Compass,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  Plus,
  Settings,
  SlidersHorizontal,
  Sun,
  Users,
} from "lucide-react";
import { setPreference } from "@/entities/preferences/preferences";
import { keysOf } from "@/entities/shortcuts/bindings";
import type { Command } from "@/features/switcher/command";
import { openLayer } from "./layers";
import { markAllRead } from "./mark-all-read";

/** What the switcher can do, most wanted first. */
export function useCommands(): Command[] {
  const navigate = useNavigate();
  const { roomId } = useParams({ strict: false });
  const ofRoom: Command[] = roomId
    ? [
        {
          id: "room-settings",
          label: "Settings of this room",
          words: "topic rename archive members roles leave",
          icon: SlidersHorizontal,
          run: () => void navigate({ to: "/r/$roomId/settings", params: { roomId } }),
        },
        {
          id: "room-members",
          label: "Members of this room",
          words: "people who add invite",
          icon: Users,
          run: () => void navigate({ to: "/r/$roomId", params: { roomId }, search: { p: "members" } }),
        },
      ]
    : [];
  return [
    {
      id: "create-room",
      label: "Create a room",
      words: "new channel",
      icon: Plus,
      run: () => openLayer("create_room"),
    },
    {
      id: "browse",
      label: "Browse rooms",
      words: "join find directory",
      icon: Compass,
      run: () => void navigate({ to: "/browse" }),
    },
    ...ofRoom,
    {
      id: "read-all",
      label: "Mark all rooms as read",
      words: "clear unread",
      icon: CheckCheck,
      keys: keysOf("readAll")[0],
      run: markAllRead,
    },
    {
      id: "settings",
      label: "Settings",
      words: "preferences profile account password sessions",
      icon: Settings,
      run: () => void navigate({ to: "/settings" }),
    },
    {
      id: "notifications",
      label: "Notifications",
      words: "alerts sound bell",
      icon: BellRing,
      run: () => void navigate({ to: "/settings/notifications" }),
    },
    {
      id: "light",
      label: "Use the light theme",
      words: "bright day",
      icon: Sun,
      run: () => setPreference("theme", "light"),
    },
    {
      id: "dark",
      label: "Use the dark theme",
      words: "night",
      icon: Moon,
      run: () => setPreference("theme", "dark"),
    },
    {
      id: "system",
      label: "Use the system’s theme",
      words: "auto",
      icon: Monitor,
      run: () => setPreference("theme", "system"),
    },
    {
      id: "shortcuts",
      label: "Keyboard shortcuts",
      words: "help keys",
      icon: Keyboard,
      keys: keysOf("shortcuts")[0],
      run: () => openLayer("shortcuts"),
    },
    {
      id: "sign-out",
      label: "Sign out",
      words: "log out leave quit",
      icon: LogOut,
      run: () => openLayer("sign_out"),
    },
  ];
}

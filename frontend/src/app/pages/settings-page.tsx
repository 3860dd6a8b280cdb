import { Link, useLocation } from "@tanstack/react-router";
import {
  Bell,
  ChevronRight,
  Keyboard,
  KeyRound,
  MonitorSmartphone,
  Palette,
  Settings,
  UserRound,
} from "lucide-react";
import { useTitle } from "@/shared/lib/use-title";
import { SettingsFrame } from "../settings-frame";

const PAGES = [
  { to: "/settings/profile", label: "Profile", icon: UserRound },
  { to: "/settings/appearance", label: "Appearance", icon: Palette },
  { to: "/settings/notifications", label: "Notifications", icon: Bell },
  { to: "/settings/keyboard", label: "Keyboard", icon: Keyboard },
  { to: "/settings/password", label: "Password", icon: KeyRound },
  { to: "/settings/sessions", label: "Signed in", icon: MonitorSmartphone },
] as const;

/** `/settings`: one's account, and how things are on this device. */
export default function SettingsPage() {
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, "") });
  const isList = path === "/settings";
  const page = PAGES.find(({ to }) => to === path)?.label;
  useTitle(page ?? "Settings");
  return (
    <SettingsFrame
      icon={Settings}
      title="Settings"
      page={page}
      isList={isList}
      back={(arrow) => (
        <Link
          to={isList ? "/" : "/settings"}
          aria-label={isList ? "Back to rooms" : "Back to settings"}
          className="icon-button md:hidden"
        >
          {arrow}
        </Link>
      )}
      links={PAGES.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className="settings-link">
          <Icon size={16} aria-hidden="true" />
          {label}
          <ChevronRight size={16} className="ml-auto md:hidden" aria-hidden="true" />
        </Link>
      ))}
    />
  );
}

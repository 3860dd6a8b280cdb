import { Link, useLocation } from "@tanstack/react-router";
import {
  Activity,
  Bell,
  ChevronRight,
  Hash,
  Keyboard,
  KeyRound,
  KeySquare,
  Link2,
  MonitorSmartphone,
  Palette,
  ScrollText,
  Settings,
  ShieldCheck,
  UserRound,
  UsersRound,
} from "lucide-react";
import { useMe } from "@/entities/session/session-store";
import { useTitle } from "@/shared/lib/use-title";
import { SettingsFrame } from "../settings-frame";

const PAGES = [
  { to: "/settings/profile", label: "Profile", icon: UserRound },
  { to: "/settings/appearance", label: "Appearance", icon: Palette },
  { to: "/settings/notifications", label: "Notifications", icon: Bell },
  { to: "/settings/keyboard", label: "Keyboard", icon: Keyboard },
  { to: "/settings/password", label: "Password", icon: KeyRound },
  { to: "/settings/two-factor", label: "Two-factor", icon: ShieldCheck },
  { to: "/settings/sessions", label: "Signed in", icon: MonitorSmartphone },
  { to: "/settings/tokens", label: "API tokens", icon: KeySquare },
] as const;

const SERVER_PAGES = [
  { to: "/settings/people", label: "People", icon: UsersRound },
  { to: "/settings/rooms", label: "Rooms", icon: Hash },
  { to: "/settings/invitations", label: "Invitations", icon: Link2 },
  { to: "/settings/audit", label: "Audit log", icon: ScrollText },
  { to: "/settings/metrics", label: "Metrics", icon: Activity },
] as const;

/** `/settings`: one's account, how things are on this device, and for server admins the server. */
export default function SettingsPage() {
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, "") });
  const isList = path === "/settings";
  const isAdmin = useMe().is_admin === true;
  const page = [...PAGES, ...SERVER_PAGES].find(({ to }) => to === path)?.label;
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
      links={
        <>
          {PAGES.map((page) => (
            <PageLink key={page.to} {...page} />
          ))}
          {isAdmin ? (
            <>
              <h2 className="px-2.5 pt-4 pb-1 font-medium text-meta text-muted">Server</h2>
              {SERVER_PAGES.map((page) => (
                <PageLink key={page.to} {...page} />
              ))}
            </>
          ) : null}
        </>
      }
    />
  );
}

function PageLink({ to, label, icon: Icon }: (typeof PAGES)[number] | (typeof SERVER_PAGES)[number]) {
  return (
    <Link to={to} className="settings-link">
      <Icon size={16} aria-hidden="true" />
      {label}
      <ChevronRight size={16} className="ml-auto md:hidden" aria-hidden="true" />
    </Link>
  );
}

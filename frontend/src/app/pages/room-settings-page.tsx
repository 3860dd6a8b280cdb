import { Link, useLocation, useParams } from "@tanstack/react-router";
import { ChevronRight, SlidersHorizontal, TriangleAlert, Users } from "lucide-react";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import { useTitle } from "@/shared/lib/use-title";
import { OutsideRoom } from "../outside-room";
import { SettingsFrame } from "../settings-frame";
import { useSettingsRoom } from "../use-settings-room";

const PAGES = [
  { to: "/r/$roomId/settings/general", label: "General", icon: SlidersHorizontal },
  { to: "/r/$roomId/settings/members", label: "Members and roles", icon: Users },
  { to: "/r/$roomId/settings/danger", label: "Leave or close", icon: TriangleAlert },
] as const;

/** `/r/…/settings`: the room as a whole. */
export default function RoomSettingsPage() {
  const { roomId } = useParams({ from: "/in/r/$roomId/settings" });
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, "") });
  const isList = path.endsWith("/settings");
  const { data: rooms } = useMyRooms();
  const room = useSettingsRoom();
  useTitle(room ? `Settings of # ${room.name}` : "Room settings");
  if (!rooms) return null;
  if (!room) return <OutsideRoom roomId={roomId} />;
  const params = { roomId };
  return (
    <SettingsFrame
      icon={SlidersHorizontal}
      title={`# ${room.name}`}
      page={PAGES.find(({ to }) => path.endsWith(to.split("/").pop() ?? ""))?.label ?? "Settings"}
      isList={isList}
      back={(arrow) => (
        <>
          <Link
            to="/r/$roomId"
            params={params}
            aria-label={`Back to #${room.name}`}
            className={`icon-button ${isList ? "" : "max-md:hidden"}`}
          >
            {arrow}
          </Link>
          {isList ? null : (
            <Link
              to="/r/$roomId/settings"
              params={params}
              aria-label="Back to the room’s settings"
              className="icon-button md:hidden"
            >
              {arrow}
            </Link>
          )}
        </>
      )}
      links={PAGES.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} params={params} className="settings-link">
          <Icon size={16} aria-hidden="true" />
          {label}
          <ChevronRight size={16} className="ml-auto md:hidden" aria-hidden="true" />
        </Link>
      ))}
    />
  );
}

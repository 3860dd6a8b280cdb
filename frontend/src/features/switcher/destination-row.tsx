import { Archive, Hash, Lock } from "lucide-react";
import { useReadState } from "@/entities/read-state/read-state-store";
import type { Room } from "@/shared/api/types";
import { Avatar } from "@/shared/ui/avatar";
import { Keys } from "@/shared/ui/keys";
import type { Destination } from "./use-destinations";

/** One line of the switcher: what it is, where it leads, and what waits there. */
export function DestinationRow({ destination }: { destination: Destination }) {
  if (destination.kind === "command") {
    const { label, icon: Icon, keys } = destination.command;
    return (
      <>
        <Icon size={16} className="flex-none text-muted" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {keys ? (
          <span className="max-md:hidden">
            <Keys combo={keys} />
          </span>
        ) : null}
      </>
    );
  }
  if (destination.kind === "person") {
    const { id, display_name, username } = destination.user;
    return (
      <>
        <Avatar id={id} name={display_name} size="sm" />
        <span className="max-w-[60%] flex-none truncate font-medium">{display_name}</span>
        <span className="min-w-0 flex-1 truncate text-muted text-sm">@{username}</span>
        <span className="flex-none text-meta text-muted">mention</span>
      </>
    );
  }
  const { room } = destination;
  const Icon = room.archived_at ? Archive : room.visibility === "private" ? Lock : Hash;
  return (
    <>
      <Icon size={16} className="flex-none text-muted" aria-hidden="true" />
      <span className="max-w-[60%] flex-none truncate font-medium">{room.name}</span>
      <span className="min-w-0 flex-1 truncate text-muted text-sm">{room.topic}</span>
      {destination.kind === "room" ? (
        <Waiting room={room} />
      ) : (
        <span className="flex-none text-meta text-muted tabular-nums">
          {room.member_count} {room.member_count === 1 ? "member" : "members"}
        </span>
      )}
    </>
  );
}

function Waiting({ room }: { room: Room }) {
  const { unread = 0, mentions = 0 } = useReadState(room.id) ?? {};
  if (mentions > 0)
    return <span className="flex-none font-semibold text-danger text-meta tabular-nums">@{mentions}</span>;
  if (unread > 0) return <span className="flex-none text-meta text-muted tabular-nums">{unread} unread</span>;
  return room.archived_at ? <span className="flex-none text-meta text-muted">archived</span> : null;
}

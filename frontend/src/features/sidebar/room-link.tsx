import { Link } from "@tanstack/react-router";
import { Archive, Hash, Lock } from "lucide-react";
import { useReadState } from "@/entities/read-state/read-state-store";
import type { Room } from "@/shared/api/types";

const upTo99 = (count: number) => (count > 99 ? "99+" : String(count));

/** A room in the sidebar, with what waits in it. */
export function RoomLink({ room }: { room: Room }) {
  const { unread = 0, mentions = 0 } = useReadState(room.id) ?? {};
  const Icon = room.archived_at ? Archive : room.visibility === "private" ? Lock : Hash;
  return (
    <Link
      to="/r/$roomId"
      params={{ roomId: room.id }}
      data-unread={unread > 0 || undefined}
      className="touch-target flex min-h-8.5 items-center gap-2.5 rounded-control px-2 text-muted hover:bg-line/50 hover:text-fg data-[status=active]:bg-accent-soft data-[unread]:font-semibold data-[status=active]:text-fg data-[unread]:text-fg"
    >
      <Icon size={15} className="flex-none opacity-80" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate" title={room.name}>
        {room.name}
      </span>
      {room.visibility === "private" ? <span className="sr-only">, private</span> : null}
      {mentions > 0 ? (
        <span className="min-w-5 flex-none rounded-full bg-badge px-1.5 text-center font-semibold text-meta text-white tabular-nums leading-5">
          <span aria-hidden="true">@</span>
          {upTo99(mentions)}
          <span className="sr-only">
            {mentions === 1 ? " mention" : " mentions"}
            {unread > mentions ? "," : ""}
          </span>
        </span>
      ) : null}
      {unread > mentions ? (
        <span className="min-w-5 flex-none rounded-full bg-line px-1.5 text-center font-semibold text-fg text-meta tabular-nums leading-5">
          {upTo99(unread)}
          <span className="sr-only"> unread</span>
        </span>
      ) : null}
    </Link>
  );
}

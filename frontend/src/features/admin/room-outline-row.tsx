import { Archive, Hash, Lock } from "lucide-react";
import type { Schemas } from "@/shared/api/types";
import { formatAgo, formatFull } from "@/shared/lib/time";

/** One room: what it is called, who may find it, how large and how old it is. */
export function RoomOutlineRow({ room }: { room: Schemas["RoomOutline"] }) {
  const isPrivate = room.visibility === "private";
  const Icon = isPrivate ? Lock : Hash;
  return (
    <li className="py-2.5">
      <p className="flex items-center gap-1.5 font-medium leading-5">
        <Icon size={15} className="flex-none text-muted" aria-hidden="true" />
        <span className="wrap-anywhere">{room.name}</span>
        {isPrivate ? <span className="sr-only">(private)</span> : null}
        {room.archived_at ? (
          <span className="ml-1 inline-flex flex-none items-center gap-1 rounded-full border border-strong px-2 font-normal text-meta text-muted">
            <Archive size={12} aria-hidden="true" />
            Archived{" "}
            <time dateTime={room.archived_at} title={formatFull(room.archived_at)}>
              {formatAgo(room.archived_at)}
            </time>
          </span>
        ) : null}
      </p>
      <p className="pl-5.25 text-meta text-muted tabular-nums leading-4">
        {count(room.member_count, "member")} · {count(room.head, "event")} · made{" "}
        <time dateTime={room.created_at} title={formatFull(room.created_at)}>
          {formatAgo(room.created_at)}
        </time>
      </p>
    </li>
  );
}

const count = (number: number, thing: string) =>
  `${number.toLocaleString()} ${thing}${number === 1 ? "" : "s"}`;

import { useParams } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { roomSections } from "@/entities/rooms/room-sections";
import type { Room } from "@/shared/api/types";
import { RoomLink } from "./room-link";

interface RoomListProps {
  rooms: Room[] | undefined;
  isFailed: boolean;
  onRetry: () => void;
}

const SKELETON_WIDTHS = ["w-28", "w-36", "w-24", "w-32", "w-20"];

/** My rooms: what is written in, and below it, folded away, what is only read. */
export function RoomList({ rooms, isFailed, onRetry }: RoomListProps) {
  const { roomId: openRoomId } = useParams({ strict: false });
  if (!rooms) {
    return (
      <div className="min-h-0 flex-1 px-4 py-2" aria-busy={!isFailed}>
        {isFailed ? (
          <p className="text-muted text-sm">
            Could not load your rooms.{" "}
            <button type="button" className="font-medium text-accent underline" onClick={onRetry}>
              Retry
            </button>
          </p>
        ) : (
          <div className="appear-late space-y-4">
            {SKELETON_WIDTHS.map((width) => (
              <div key={width} className={`skeleton h-4 ${width}`} />
            ))}
          </div>
        )}
      </div>
    );
  }
  const { open, archived } = roomSections(rooms);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
      {rooms.length === 0 ? <p className="px-2 py-1 text-muted text-sm">You are in no rooms yet.</p> : null}
      <RoomLinks rooms={open} />
      {archived.length > 0 ? (
        <details className="mt-3" open={archived.some(({ id }) => id === openRoomId) || undefined}>
          <summary className="touch-target flex min-h-8 items-center gap-1.5 rounded-control px-2 font-medium text-muted text-sm hover:text-fg">
            <ChevronRight size={14} className="chevron flex-none" aria-hidden="true" />
            Archived
            <span className="text-meta tabular-nums">{archived.length}</span>
          </summary>
          <RoomLinks rooms={archived} />
        </details>
      ) : null}
    </div>
  );
}

function RoomLinks({ rooms }: { rooms: readonly Room[] }) {
  return (
    <ul>
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomLink room={room} />
        </li>
      ))}
    </ul>
  );
}

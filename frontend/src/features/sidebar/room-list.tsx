import type { Room } from "@/shared/api/types";
import { RoomLink } from "./room-link";

interface RoomListProps {
  rooms: Room[] | undefined;
  isFailed: boolean;
  onRetry: () => void;
}

const SKELETON_WIDTHS = ["w-28", "w-36", "w-24", "w-32", "w-20"];

export function RoomList({ rooms, isFailed, onRetry }: RoomListProps) {
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
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
      {rooms.length === 0 ? <li className="px-2 py-1 text-muted text-sm">You are in no rooms yet.</li> : null}
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomLink room={room} />
        </li>
      ))}
    </ul>
  );
}

import { Link, Navigate } from "@tanstack/react-router";
import { Hash, MessagesSquare } from "lucide-react";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import { recentRooms } from "@/entities/rooms/recent-rooms";
import { useIsNarrow } from "@/shared/lib/use-is-narrow";
import { useTitle } from "@/shared/lib/use-title";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { openLayer } from "../layers";

/** `/`: the last room where there is space beside the list, else the list; a welcome for whoever has no room yet. */
export default function WelcomePage() {
  const isNarrow = useIsNarrow();
  const { data: rooms } = useMyRooms();
  useTitle("Rooms");
  const last = rooms?.find(({ id }) => id === recentRooms.get()[0]) ?? rooms?.[0];
  if (!isNarrow && last) return <Navigate to="/r/$roomId" params={{ roomId: last.id }} replace />;
  if (!rooms) return null;
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-y-auto">
      <EmptyState
        isPage
        icon={rooms.length > 0 ? Hash : MessagesSquare}
        title={rooms.length > 0 ? "Choose a room" : "Create your first room"}
      >
        <p>
          A room holds a conversation: a project, an incident, a release. Start one, or join what your team
          has.
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button look="primary" onClick={() => openLayer("create_room")}>
            Create a room
          </Button>
          <Link
            to="/browse"
            className="touch-target inline-flex min-h-9 items-center rounded-control border border-strong bg-surface px-3.5 font-medium text-fg hover:bg-hover"
          >
            Browse rooms
          </Link>
        </div>
      </EmptyState>
    </div>
  );
}

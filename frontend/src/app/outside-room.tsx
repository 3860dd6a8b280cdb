import { Link } from "@tanstack/react-router";
import { CircleSlash, Hash } from "lucide-react";
import { HistorySkeleton } from "@/features/room/history-skeleton";
import { JoinCard } from "@/features/room/join-card";
import { BackToRooms } from "@/features/room-header/back-to-rooms";
import { ApiError, describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { useTitle } from "@/shared/lib/use-title";
import { EmptyState } from "@/shared/ui/empty-state";
import { PageHeader } from "@/shared/ui/page-header";

/** A room's address followed by somebody who isn't in it. A private room doesn't exist for them. */
export function OutsideRoom({ roomId }: { roomId: string }) {
  const room = $api.useQuery("get", "/api/v1/rooms/{room_id}", { params: { path: { room_id: roomId } } });
  useTitle(room.data ? `# ${room.data.name}` : "Room");
  if (room.isPending) return <HistorySkeleton />;
  if (room.data) {
    return (
      <>
        <PageHeader icon={Hash} title={room.data.name} back={<BackToRooms roomId={roomId} />} />
        <div className="grid min-h-0 flex-1 place-items-center overflow-y-auto">
          <JoinCard room={room.data} />
        </div>
      </>
    );
  }
  const isMissing = (room.error as unknown) instanceof ApiError;
  return (
    <div className="grid min-h-0 flex-1 place-items-center overflow-y-auto">
      <EmptyState isPage icon={CircleSlash} title={isMissing ? "No such room" : "Could not load the room"}>
        <p>{isMissing ? "It may be private, or it was deleted." : describeError(room.error)}</p>
        <Link to="/browse" className="font-medium text-accent underline">
          Browse rooms
        </Link>
      </EmptyState>
    </div>
  );
}

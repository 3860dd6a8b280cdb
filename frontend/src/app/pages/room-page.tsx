import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect } from "react";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import { recentRooms } from "@/entities/rooms/recent-rooms";
import { useMe } from "@/entities/session/session-store";
import { Composer } from "@/features/composer/composer";
import { History } from "@/features/room/history";
import { RoomHeader } from "@/features/room-header/room-header";
import { ArchivedNote } from "@/features/room-settings/archived-note";
import { RoomMenu } from "@/features/room-settings/room-menu";
import type { Room } from "@/shared/api/types";
import { useTitle } from "@/shared/lib/use-title";
import { Button } from "@/shared/ui/button";
import { ErrorBoundary } from "../error-boundary";
import { OutsideRoom } from "../outside-room";

const MemberPane = lazy(() => import("@/features/members/member-pane"));

export default function RoomPage() {
  const { roomId } = useParams({ from: "/in/r/$roomId" });
  const { data: rooms, isError, refetch } = useMyRooms();
  const room = rooms?.find(({ id }) => id === roomId);
  if (room) return <JoinedRoom room={room} />;
  if (rooms) return <OutsideRoom roomId={roomId} />;
  if (!isError) return null;
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 text-muted">
      <p>Could not load the room.</p>
      <Button onClick={() => void refetch()}>Retry</Button>
    </div>
  );
}

function JoinedRoom({ room }: { room: Room }) {
  const me = useMe();
  const navigate = useNavigate();
  const { p: pane, m: target } = useSearch({ from: "/in/r/$roomId" });
  useTitle(`# ${room.name}`);
  useEffect(() => recentRooms.add(room.id), [room.id]);
  const setPane = useCallback(
    (isOpen: boolean) =>
      void navigate({
        to: "/r/$roomId",
        params: { roomId: room.id },
        search: ({ p: _pane, ...search }) => (isOpen ? { ...search, p: "members" } : search),
        replace: true,
      }),
    [navigate, room.id],
  );
  const closePane = useCallback(() => setPane(false), [setPane]);
  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <RoomHeader
          room={room}
          isPaneOpen={pane === "members"}
          onTogglePane={() => setPane(pane !== "members")}
          menu={<RoomMenu room={room} />}
        />
        <ErrorBoundary key={`history-${room.id}`}>
          <History room={room} target={target} />
        </ErrorBoundary>
        {room.archived_at ? (
          <ArchivedNote room={room} />
        ) : (
          <Composer key={`composer-${room.id}`} room={room} userId={me.id} />
        )}
      </div>
      {pane === "members" ? (
        <ErrorBoundary key={`members-${room.id}`}>
          <Suspense>
            <MemberPane key={room.id} room={room} onClose={closePane} />
          </Suspense>
        </ErrorBoundary>
      ) : null}
    </div>
  );
}

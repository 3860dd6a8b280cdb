import { useEffect } from "react";
import { useIsLive } from "@/entities/connection/connection-store";
import { useReadState } from "@/entities/read-state/read-state-store";
import { forgetHold } from "@/entities/read-state/reading-hold";
import { loadFirst, loadNewest, useLoads } from "@/entities/timeline/load-pages";
import { noteOpened, openRoomStore, useTimeline } from "@/entities/timeline/timeline-store";
import type { Room } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { HistorySkeleton } from "./history-skeleton";
import { MessageList } from "./message-list";
import { useTimelineView } from "./use-timeline-view";

/** Loads a room's newest page and shows its messages: skeleton, trouble, or the list. */
export function History({ room, target }: { room: Room; target: number | undefined }) {
  const view = useTimelineView(room.id, target);
  const { isLoaded } = useTimeline(room.id);
  const { newest } = useLoads(room.id);
  const isReadStateKnown = useReadState(room.id) !== undefined;
  const isLive = useIsLive();
  useEffect(() => {
    noteOpened(room.id);
    openRoomStore.setState({ roomId: room.id });
    return () => {
      openRoomStore.setState({ roomId: null });
      forgetHold();
    };
  }, [room.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a connection that is back is a reason to try again
  useEffect(() => loadFirst(room.id), [room.id, isLoaded, isLive]);
  if (view.isOpening) return <HistorySkeleton />;
  if (isLoaded && isReadStateKnown) {
    return <MessageList key={room.id} room={room} view={view} />;
  }
  if (newest !== "failed") return <HistorySkeleton />;
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 text-muted">
      <p>Could not load the messages.</p>
      <Button onClick={() => void loadNewest(room.id)}>Retry</Button>
    </div>
  );
}

/** Which part of the room is on the screen: its live end, or the stretch around a message that a link leads to, or what is new. */
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { readStateOf, useReadState } from "@/entities/read-state/read-state-store";
import { loadOlder, useLoads } from "@/entities/timeline/load-pages";
import {
  closeSegment,
  extendSegment,
  joinIfMet,
  openAround,
  useSegment,
} from "@/entities/timeline/segment-store";
import { setSpotlight } from "@/entities/timeline/spotlight";
import type { Timeline } from "@/entities/timeline/timeline";
import { timelineOf, useTimeline } from "@/entities/timeline/timeline-store";

export interface TimelineView {
  timeline: Timeline;
  isLiveEnd: boolean;
  /** The stretch itself is still on its way. */
  isOpening: boolean;
  olderState: "idle" | "loading" | "failed";
  extendBack: () => void;
  extendForth: () => void;
  /** Back to the live end. */
  leave: () => void;
}

export function useTimelineView(roomId: string, target: number | undefined): TimelineView {
  const live = useTimeline(roomId);
  const { segment, state } = useSegment(roomId);
  const { older } = useLoads(roomId);
  const navigate = useNavigate();
  const isLoaded = live.isLoaded;
  const isReadStateKnown = useReadState(roomId) !== undefined;
  const hasOpened = useRef(false);
  useEffect(() => {
    if (hasOpened.current || !isLoaded || !isReadStateKnown) return;
    hasOpened.current = true;
    const firstNew = target === undefined ? firstNewAbove(roomId) : null;
    if (firstNew !== null) void openAround(roomId, firstNew);
  }, [roomId, target, isLoaded, isReadStateKnown]);
  useEffect(() => {
    if (target === undefined || !isLoaded) return;
    setSpotlight({ roomId, seq: target });
    void openAround(roomId, target);
  }, [roomId, target, isLoaded]);
  useEffect(
    () => () => {
      closeSegment();
      setSpotlight(null);
    },
    [],
  );
  // A live end that grew down to the segment, or was loaded after it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the floor is what this runs for
  useEffect(() => joinIfMet(roomId), [roomId, live.floor]);
  const leave = useCallback(() => {
    closeSegment();
    setSpotlight(null);
    void navigate({
      to: "/r/$roomId",
      params: { roomId },
      search: ({ m: _gone, ...search }) => search,
      replace: true,
    });
  }, [navigate, roomId]);
  return {
    timeline: segment?.timeline ?? live,
    isLiveEnd: segment === null,
    isOpening: segment === null && state === "loading",
    olderState: segment ? state : older,
    extendBack: useCallback(
      () => (segment ? extendSegment(roomId, "older") : void loadOlder(roomId)),
      [segment, roomId],
    ),
    extendForth: useCallback(() => extendSegment(roomId, "newer"), [roomId]),
    leave,
  };
}

/** The first message that is new, where it stands further up than what is loaded. */
function firstNewAbove(roomId: string): number | null {
  const { unread = 0, readSeq = null } = readStateOf(roomId) ?? {};
  return unread > 0 && readSeq !== null && readSeq < timelineOf(roomId).floor ? readSeq + 1 : null;
}

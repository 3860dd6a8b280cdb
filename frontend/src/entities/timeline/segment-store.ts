/** The open room's segment, if a link to an old message opened one. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { api } from "@/shared/api/client";
import type { Message, MessagePage } from "@/shared/api/types";
import {
  extendBack,
  extendForth,
  join,
  meets,
  newestSeq,
  openSegment,
  refresh,
  type Segment,
} from "./segment";
import { openRoomStore, timelineOf, updateTimeline } from "./timeline-store";

interface SegmentState {
  roomId: string | null;
  segment: Segment | null;
  state: "idle" | "loading" | "failed";
}

const PAGE_SIZE = 50;
const NOTHING: SegmentState = { roomId: null, segment: null, state: "idle" };
const segmentStore = createStore<SegmentState>()(() => NOTHING);

export const useSegment = (roomId: string): SegmentState =>
  useStore(segmentStore, (state) => (state.roomId === roomId ? state : NOTHING));

export const closeSegment = () => segmentStore.setState(NOTHING);

/** Shows what stands around `seq`; where the live timeline reaches that far, nothing is loaded. */
export async function openAround(roomId: string, seq: number): Promise<void> {
  const { roomId: openRoom, segment } = segmentStore.getState();
  const isHeld = openRoom === roomId && segment?.timeline.entries.some((entry) => entry.seq === seq);
  if (isHeld) return;
  closeSegment();
  if (isInTimeline(roomId, seq)) return;
  segmentStore.setState({ roomId, segment: null, state: "loading" });
  await load(roomId, { around: seq }, (page) => openSegment(seq, page));
}

/**
 * Shows the first message from a seq on, with what stands around it, and returns its seq; null when there is none, or
 * the room was left meanwhile.
 */
export async function openFrom(roomId: string, from: number): Promise<number | null> {
  const params = { path: { room_id: roomId }, query: { around: from, limit: PAGE_SIZE } };
  const { data } = await api.GET("/api/v1/rooms/{room_id}/messages", { params });
  const seq = data?.messages.find((message) => message.seq >= from)?.seq;
  if (!data || seq === undefined || openRoomStore.getState().roomId !== roomId) return null;
  const isHeld = isInTimeline(roomId, seq);
  segmentStore.setState(isHeld ? NOTHING : { roomId, segment: openSegment(seq, data), state: "idle" });
  joinIfMet(roomId);
  return seq;
}

/** Not loaded yet counts as not in it. */
function isInTimeline(roomId: string, seq: number): boolean {
  const { isLoaded, floor, have } = timelineOf(roomId);
  return isLoaded && seq > floor && seq <= (have ?? 0);
}

export function extendSegment(roomId: string, way: "older" | "newer") {
  const { segment, state } = segmentStore.getState();
  if (!segment || state !== "idle") return;
  const { timeline, hasNewer } = segment;
  if (way === "older" ? !timeline.hasOlder : !hasNewer) return;
  segmentStore.setState({ state: "loading" });
  if (way === "older")
    void load(roomId, { before: timeline.floor + 1 }, (page, now) => extendBack(now, page));
  else void load(roomId, { after: newestSeq(timeline) }, (page, now) => extendForth(now, page));
}

async function load(
  roomId: string,
  query: { around?: number; before?: number; after?: number },
  change: (page: MessagePage, now: Segment) => Segment,
) {
  const asked = segmentStore.getState().segment;
  const isStill = () => segmentStore.getState().roomId === roomId;
  try {
    const params = { path: { room_id: roomId }, query: { ...query, limit: PAGE_SIZE } };
    const { data } = await api.GET("/api/v1/rooms/{room_id}/messages", { params });
    if (!data || !isStill()) return;
    const now = segmentStore.getState().segment;
    if (asked?.target !== now?.target) return;
    segmentStore.setState({ segment: change(data, now as Segment), state: "idle" });
    joinIfMet(roomId);
  } catch {
    if (isStill()) segmentStore.setState({ state: "failed" });
  }
}

/** Once what the segment shows is continuous with the live end, there is one list again. */
export function joinIfMet(roomId: string) {
  const { roomId: openRoom, segment } = segmentStore.getState();
  if (openRoom !== roomId || !segment || !meets(segment, timelineOf(roomId))) return;
  updateTimeline(roomId, (live) => join(segment, live));
  closeSegment();
}

/** Edits, reactions and deletions reach what is on the screen, wherever it stands. */
export function refreshSegment(roomId: string, messages: readonly Message[]) {
  const { roomId: openRoom, segment } = segmentStore.getState();
  if (openRoom !== roomId || !segment) return;
  segmentStore.setState({ segment: messages.reduce(refresh, segment) });
}

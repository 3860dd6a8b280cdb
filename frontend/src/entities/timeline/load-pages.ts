/** Loads pages of history into the timelines. One load per room and direction at a time. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { api } from "@/shared/api/client";
import type { MessagePage } from "@/shared/api/types";
import { fromPage, mergeNewest, mergeOlder } from "./timeline";
import { timelineOf, updateTimeline } from "./timeline-store";

type LoadState = "idle" | "loading" | "failed";
interface RoomLoads {
  newest: LoadState;
  older: LoadState;
}

/** More than a screen holds. */
const PAGE_SIZE = 50;
/** Who scrolls back goes on: as much at once as the server gives. */
const OLDER_PAGE_SIZE = 100;
const idle: RoomLoads = { newest: "idle", older: "idle" };
const loadStore = createStore<Record<string, RoomLoads>>()(() => ({}));
let subscribeAgain: (roomId: string) => void = () => {};

/** `app/realtime` says how to subscribe a room after its cursor. */
export function whenMustSubscribe(listener: (roomId: string) => void) {
  subscribeAgain = listener;
}

export const useLoads = (roomId: string): RoomLoads => useStore(loadStore, (state) => state[roomId] ?? idle);

/** The newest page of a room that has none yet. */
export function loadFirst(roomId: string) {
  if (!timelineOf(roomId).isLoaded) void loadNewest(roomId);
}

export const loadNewest = (roomId: string) => load(roomId, "newest", { limit: PAGE_SIZE }, mergeFirst);

/** After `reset`: what is held stays on the screen until the new page replaces it. */
export const reloadNewest = (roomId: string) => load(roomId, "newest", { limit: PAGE_SIZE }, replace);

export function loadOlder(roomId: string) {
  const { floor, hasOlder, isLoaded } = timelineOf(roomId);
  if (!isLoaded || !hasOlder) return Promise.resolve();
  const query = { before: floor + 1, limit: OLDER_PAGE_SIZE };
  return load(roomId, "older", query, (id, page) =>
    updateTimeline(id, (timeline) => mergeOlder(timeline, page)),
  );
}

function mergeFirst(roomId: string, page: MessagePage) {
  const { timeline, mustSubscribe } = mergeNewest(timelineOf(roomId), page);
  updateTimeline(roomId, () => timeline);
  if (mustSubscribe) subscribeAgain(roomId);
}

function replace(roomId: string, page: MessagePage) {
  updateTimeline(roomId, (timeline) => fromPage(timeline, page));
  subscribeAgain(roomId);
}

async function load(
  roomId: string,
  which: keyof RoomLoads,
  query: { before?: number; limit: number },
  merge: (roomId: string, page: MessagePage) => void,
) {
  if (loadStore.getState()[roomId]?.[which] === "loading") return;
  setLoad(roomId, which, "loading");
  try {
    const params = { path: { room_id: roomId }, query };
    const { data } = await api.GET("/api/v1/rooms/{room_id}/messages", { params });
    if (data) merge(roomId, data);
    setLoad(roomId, which, "idle");
  } catch {
    setLoad(roomId, which, "failed");
  }
}

function setLoad(roomId: string, which: keyof RoomLoads, state: LoadState) {
  loadStore.setState((rooms) => ({ [roomId]: { ...(rooms[roomId] ?? idle), [which]: state } }));
}

/** All rooms' timelines. The socket and page loads write here; components read through `useTimeline`. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { emptyTimeline, type Timeline, trim, unload } from "./timeline";

type Timelines = Record<string, Timeline>;

const MAX_LOADED_ROOMS = 12;
const MAX_ENTRIES = 2_000;
/** Of a room that was not opened yet, or not for long: its first page brings the rest. */
const MAX_UNSEEN_ENTRIES = 100;
/** By how many the room on the screen may be over, so that its list isn't cut at every message. */
const SLACK_ENTRIES = 200;

/** The room on the screen, if any. */
export const openRoomStore = createStore<{ roomId: string | null }>()(() => ({ roomId: null }));

export const timelineStore = createStore<{ rooms: Timelines }>()(() => ({ rooms: {} }));

export const timelineOf = (roomId: string): Timeline =>
  timelineStore.getState().rooms[roomId] ?? emptyTimeline;

export const useTimeline = (roomId: string): Timeline =>
  useStore(timelineStore, (state) => state.rooms[roomId] ?? emptyTimeline);

/** Changes any number of rooms in one store update. */
export function updateTimelines(change: (get: (roomId: string) => Timeline) => Timelines) {
  timelineStore.setState((state) => {
    const changed = change((roomId) => state.rooms[roomId] ?? emptyTimeline);
    return Object.keys(changed).length > 0 ? { rooms: { ...state.rooms, ...changed } } : state;
  });
}

export function updateTimeline(roomId: string, change: (timeline: Timeline) => Timeline) {
  updateTimelines((get) => ({ [roomId]: change(get(roomId)) }));
}

/** Every followed room receives events, so each must be bounded; what is on the screen is so by `boundOpen`. */
export function bounded(roomId: string, timeline: Timeline): Timeline {
  if (openRoomStore.getState().roomId === roomId) return timeline;
  return trim(timeline, opened.includes(roomId) ? MAX_ENTRIES : MAX_UNSEEN_ENTRIES);
}

/** Of the room on the screen, while its end is looked at: nobody reads what goes. */
export function boundOpen(roomId: string) {
  if (timelineOf(roomId).entries.length <= MAX_ENTRIES + SLACK_ENTRIES) return;
  updateTimeline(roomId, (timeline) => trim(timeline, MAX_ENTRIES));
}

export function dropTimeline(roomId: string) {
  opened = opened.filter((id) => id !== roomId);
  timelineStore.setState(({ rooms: { [roomId]: _gone, ...rooms } }) => ({ rooms }));
}

export function dropAllTimelines() {
  opened = [];
  timelineStore.setState({ rooms: {} });
}

let opened: string[] = [];

/** Called when a room is shown: bounds what is kept of the others. */
export function noteOpened(roomId: string) {
  const previous = opened.at(-1);
  opened = [...opened.filter((id) => id !== roomId), roomId];
  const evicted = opened.length > MAX_LOADED_ROOMS ? opened.shift() : undefined;
  updateTimelines((get) => ({
    ...(previous && previous !== roomId ? { [previous]: trim(get(previous), MAX_ENTRIES) } : {}),
    ...(evicted ? { [evicted]: unload(get(evicted)) } : {}),
  }));
}

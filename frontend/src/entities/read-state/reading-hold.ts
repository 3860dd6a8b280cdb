/**
 * The open room in which nothing is read by itself, because something in it was marked unread; until one has caught
 * up, or leaves it.
 */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface ReadingHold {
  roomId: string;
  /** What comes after it was marked unread. */
  after: number;
}

interface Held {
  hold: ReadingHold | null;
  /** Reading goes on. Where it was held stays known, for the "New" line. */
  isOver: boolean;
}

const NONE: Held = { hold: null, isOver: false };
const holdStore = createStore<Held>()(() => NONE);

export const resumeReading = () => holdStore.setState({ isOver: true });

export const forgetHold = () => holdStore.setState(NONE);

/** Returns what puts back the hold before it, unless there is another one by then. */
export function holdReading(hold: ReadingHold): () => void {
  const earlier = holdStore.getState();
  holdStore.setState({ hold, isOver: false });
  return () => holdStore.setState((now) => (now.hold === hold ? earlier : now));
}

export function isReadingHeld(roomId: string): boolean {
  const { hold, isOver } = holdStore.getState();
  return hold?.roomId === roomId && !isOver;
}

/** The last one in this room since it was opened. */
export const useReadingHold = (roomId: string): ReadingHold | null =>
  useStore(holdStore, ({ hold }) => (hold?.roomId === roomId ? hold : null));

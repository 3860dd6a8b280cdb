/** The open room in which nothing is read by itself, because something in it was marked unread; until it is left. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface ReadingHold {
  roomId: string;
  /** What comes after it was marked unread. */
  after: number;
}

const holdStore = createStore<{ hold: ReadingHold | null }>()(() => ({ hold: null }));

export const resumeReading = () => holdStore.setState({ hold: null });

/** Returns what puts back the hold before it, unless there is another one by then. */
export function holdReading(hold: ReadingHold): () => void {
  const earlier = holdStore.getState().hold;
  holdStore.setState({ hold });
  return () => holdStore.setState((now) => (now.hold === hold ? { hold: earlier } : now));
}

export const isReadingHeld = (roomId: string): boolean => holdStore.getState().hold?.roomId === roomId;

export const useReadingHold = (roomId: string): ReadingHold | null =>
  useStore(holdStore, ({ hold }) => (hold?.roomId === roomId ? hold : null));

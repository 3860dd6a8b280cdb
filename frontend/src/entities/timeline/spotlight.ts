/** The message that a link or a quote leads to: scrolled to, focused and lit for a moment. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface Spotlight {
  roomId: string;
  seq: number;
}

const spotlightStore = createStore<{ now: Spotlight | null }>()(() => ({ now: null }));

/** A new object with each call, so that going to the same message again is something new. */
export const setSpotlight = (now: Spotlight | null) => spotlightStore.setState({ now });

export const useSpotlight = (roomId: string): Spotlight | null =>
  useStore(spotlightStore, ({ now }) => (now?.roomId === roomId ? now : null));

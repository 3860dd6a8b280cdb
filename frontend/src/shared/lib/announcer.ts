/** The text of the one polite live region. */
import { createStore } from "zustand/vanilla";

const MAX_LENGTH = 200;

export const announcerStore = createStore<{ text: string }>()(() => ({ text: "" }));

export function announce(text: string) {
  announcerStore.setState({ text: text.slice(0, MAX_LENGTH) });
}

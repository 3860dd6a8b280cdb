/** Who is online, and who types where. Hearsay: never kept, forgotten with the connection or after a few seconds. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

const TYPING_MS = 5_000;
const TELL_EVERY_MS = 2_500;

interface Presence {
  online: ReadonlySet<string>;
  /** Per room, in the order in which they began. */
  typing: Record<string, readonly string[]>;
}

const NOBODY: readonly string[] = [];
const NOTHING: Presence = { online: new Set(), typing: {} };
const presenceStore = createStore<Presence>()(() => NOTHING);
const timers = new Map<string, ReturnType<typeof setTimeout>>();
let tell: (roomId: string) => void = () => {};
let later: ReturnType<typeof setTimeout> | undefined;
let told = { roomId: "", at: Number.NEGATIVE_INFINITY };

export const useIsOnline = (userId: string): boolean =>
  useStore(presenceStore, ({ online }) => online.has(userId));

export const useTyping = (roomId: string): readonly string[] =>
  useStore(presenceStore, ({ typing }) => typing[roomId] ?? NOBODY);

/** `app/realtime` says how the others are told. */
export function whenTyping(listener: (roomId: string) => void) {
  tell = listener;
}

/** Call it with every key; others hear of it once in a while, of the last keys too. */
export function sayTyping(roomId: string) {
  clearTimeout(later);
  const now = performance.now();
  const waitMs = told.roomId === roomId ? told.at + TELL_EVERY_MS - now : 0;
  if (waitMs > 0) {
    later = setTimeout(() => sayTyping(roomId), waitMs);
    return;
  }
  told = { roomId, at: now };
  tell(roomId);
}

/** The text was sent, or is empty again. */
export const sayNothing = () => clearTimeout(later);

export function heardTyping(roomId: string, userId: string) {
  const key = `${roomId} ${userId}`;
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => stoppedTyping(roomId, userId), TYPING_MS),
  );
  setTyping(roomId, (typists) => (typists.includes(userId) ? typists : [...typists, userId]));
}

export function stoppedTyping(roomId: string, userId: string) {
  const key = `${roomId} ${userId}`;
  if (!timers.has(key)) return;
  clearTimeout(timers.get(key));
  timers.delete(key);
  setTyping(roomId, (typists) => typists.filter((id) => id !== userId));
}

export function heardPresence(users: readonly { user_id: string; status: string }[]) {
  const online = new Set(presenceStore.getState().online);
  for (const { user_id, status } of users) {
    if (status === "offline") online.delete(user_id);
    else online.add(user_id);
  }
  presenceStore.setState({ online });
}

export function forgetPresence() {
  clearTimeout(later);
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  told = { roomId: "", at: Number.NEGATIVE_INFINITY };
  presenceStore.setState(NOTHING);
}

function setTyping(roomId: string, change: (typists: readonly string[]) => readonly string[]) {
  presenceStore.setState(({ typing }) => ({
    typing: { ...typing, [roomId]: change(typing[roomId] ?? NOBODY) },
  }));
}

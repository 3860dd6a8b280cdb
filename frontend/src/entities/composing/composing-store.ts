/** What is being written in a room beside the draft: an answer to a message, an edit of one. This tab's only. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Message } from "@/shared/api/types";

interface Composing {
  replyTo: Message | null;
  /** Kept here, so that a row that leaves the screen loses nothing. */
  editing: { messageId: string; text: string } | null;
  /** Its text box gets the focus as soon as it is shown. */
  isAwaited: boolean;
}

const NOTHING: Composing = { replyTo: null, editing: null, isAwaited: false };
const composingStore = createStore<Record<string, Composing>>()(() => ({}));

export const useReplyTo = (roomId: string): Message | null =>
  useStore(composingStore, (rooms) => rooms[roomId]?.replyTo ?? null);

export const useIsAwaited = (roomId: string): boolean =>
  useStore(composingStore, (rooms) => rooms[roomId]?.isAwaited ?? false);

export const useEditedId = (roomId: string): string | null =>
  useStore(composingStore, (rooms) => rooms[roomId]?.editing?.messageId ?? null);

export const editedText = (roomId: string): string => composingStore.getState()[roomId]?.editing?.text ?? "";

export const replyTo = (roomId: string, message: Message | null) => change(roomId, { replyTo: message });

export const startEdit = (roomId: string, messageId: string, text: string) =>
  change(roomId, { editing: { messageId, text } });

export const endEdit = (roomId: string) => change(roomId, { editing: null });

/** To the text box of a room that is being opened, where the text box of the page may be another's still. */
export const awaitComposer = (roomId: string) => change(roomId, { isAwaited: true });

export const composerIsHere = (roomId: string) => change(roomId, { isAwaited: false });

export const forgetComposing = () => composingStore.setState({}, true);

function change(roomId: string, patch: Partial<Composing>) {
  composingStore.setState((rooms) => ({ [roomId]: { ...(rooms[roomId] ?? NOTHING), ...patch } }));
}

/** To the text box below the messages. */
export const focusComposer = () => document.getElementById("composer")?.focus();

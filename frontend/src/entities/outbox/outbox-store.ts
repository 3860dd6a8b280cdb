/** This tab's view of what is on its way out, in order. The truth is in IndexedDB (see `outbox.ts`). */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { MessageChange } from "@/shared/lib/database";

export interface OutboxItem {
  client_id: string;
  room_id: string;
  body: string;
  created_at: string;
  reply_to?: string;
  change?: MessageChange;
  /** `sent`: acknowledged as `seq`, shown until the message itself arrives. */
  state: "queued" | "sending" | "failed" | "sent";
  error?: string;
  seq?: number;
}

const NONE: readonly OutboxItem[] = [];

export const outboxStore = createStore<{ rooms: Record<string, readonly OutboxItem[]> }>()(() => ({
  rooms: {},
}));

export const useOutbox = (roomId: string): readonly OutboxItem[] =>
  useStore(outboxStore, (state) => state.rooms[roomId] ?? NONE);

export function setItems(items: readonly OutboxItem[]) {
  const rooms: Record<string, OutboxItem[]> = {};
  for (const item of items) {
    rooms[item.room_id] ??= [];
    rooms[item.room_id]?.push(item);
  }
  outboxStore.setState({ rooms });
}

export const allItems = (): OutboxItem[] => Object.values(outboxStore.getState().rooms).flat();

export function addItem(item: OutboxItem) {
  setItems([...allItems(), item]);
}

export function patchItem(clientId: string, patch: Partial<OutboxItem>) {
  setItems(allItems().map((item) => (item.client_id === clientId ? { ...item, ...patch } : item)));
}

export function removeItems(isGone: (item: OutboxItem) => boolean) {
  const items = allItems();
  const left = items.filter((item) => !isGone(item));
  if (left.length < items.length) setItems(left);
}

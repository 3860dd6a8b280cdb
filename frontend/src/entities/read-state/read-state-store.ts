/** Read state of all my rooms. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { answers } from "./read-marks";
import { type ReadState, type ServerCount, seed } from "./read-state";

type ReadStates = Record<string, ReadState>;

export const readStateStore = createStore<{ rooms: ReadStates }>()(() => ({ rooms: {} }));

export const readStateOf = (roomId: string): ReadState | undefined => readStateStore.getState().rooms[roomId];

export const useReadState = (roomId: string): ReadState | undefined =>
  useStore(readStateStore, (state) => state.rooms[roomId]);

export const roomsWithReadState = (): string[] => Object.keys(readStateStore.getState().rooms);

export const useReadStates = (): ReadStates => useStore(readStateStore, (state) => state.rooms);

export function useTotalMentions(): number {
  const rooms = useReadStates();
  return useMemo(() => Object.values(rooms).reduce((sum, room) => sum + room.mentions, 0), [rooms]);
}

export const readStates = (): ReadStates => readStateStore.getState().rooms;

/**
 * Takes the server's counts unless what is held is newer; `isAuthoritative` (welcome) wins. `asked`: what was held
 * when the server was asked. A mark that has moved since then may be unknown to the answer.
 */
export function seedReadStates(
  counts: { roomId: string; count: ServerCount }[],
  isAuthoritative: boolean,
  asked: ReadStates = readStates(),
) {
  readStateStore.setState(({ rooms }) => {
    const next = { ...rooms };
    for (const { roomId, count } of counts) {
      const held = rooms[roomId];
      if (isAuthoritative || !held || answers(held, asked[roomId], count)) next[roomId] = seed(count);
    }
    return { rooms: next };
  });
}

export function updateReadStates(changed: ReadStates) {
  if (Object.keys(changed).length > 0)
    readStateStore.setState(({ rooms }) => ({ rooms: { ...rooms, ...changed } }));
}

export function dropReadState(roomId: string) {
  readStateStore.setState(({ rooms: { [roomId]: _gone, ...rooms } }) => ({ rooms }));
}

export function dropAllReadStates() {
  readStateStore.setState({ rooms: {} });
}

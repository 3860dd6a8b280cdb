/** A text that goes back to where it was written: a refused message to its room's composer. */
type Listener = (text: string) => void;

const listeners = new Map<string, Listener>();

/** The composer of a room, while it is shown. */
export function whenGivenBack(roomId: string, listener: Listener): () => void {
  listeners.set(roomId, listener);
  return () => listeners.delete(roomId);
}

export const giveBack = (roomId: string, text: string) => listeners.get(roomId)?.(text);

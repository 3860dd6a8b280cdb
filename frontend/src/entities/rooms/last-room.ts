/** The room that was open last in this browser. */
const KEY = "dc:last-room";

export const lastRoom = {
  get: (): string | null => localStorage.getItem(KEY),
  set: (roomId: string) => localStorage.setItem(KEY, roomId),
};

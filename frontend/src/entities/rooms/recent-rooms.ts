/** The rooms that were open in this browser, latest first. */
const KEY = "dc:recent-rooms";
const MAX_KEPT = 20;

export const recentRooms = {
  get(): string[] {
    return (localStorage.getItem(KEY) ?? "").split(" ").filter(Boolean);
  },
  add(roomId: string) {
    const others = recentRooms.get().filter((id) => id !== roomId);
    localStorage.setItem(KEY, [roomId, ...others].slice(0, MAX_KEPT).join(" "));
  },
  clear: () => localStorage.removeItem(KEY),
};

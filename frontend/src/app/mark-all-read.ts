import { markRead } from "@/entities/read-state/mark-read";
import { readStateStore } from "@/entities/read-state/read-state-store";
import { toast } from "@/shared/ui/toast-store";

/** Every room, up to what has been counted; what arrives later is unread again. */
export function markAllRead() {
  const unread = Object.entries(readStateStore.getState().rooms).filter(([, state]) => state.unread > 0);
  for (const [roomId, { countedTo }] of unread) markRead(roomId, countedTo);
  if (unread.length === 0) return toast("Nothing was unread");
  toast(unread.length === 1 ? "1 room marked as read" : `${unread.length} rooms marked as read`);
}

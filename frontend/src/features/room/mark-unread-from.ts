import { markUnread } from "@/entities/read-state/mark-unread";
import { countFrom } from "@/entities/read-state/read-marks";
import { readStateOf } from "@/entities/read-state/read-state-store";
import { sessionOf } from "@/entities/session/session-store";
import { timelineOf } from "@/entities/timeline/timeline-store";
import { describeError } from "@/shared/api/api-error";
import type { Message } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast-store";

/** This message and what follows is unread again, until one writes in the room, or leaves it and opens it anew. */
export async function markUnreadFrom(message: Message) {
  const { room_id, seq } = message;
  const state = readStateOf(room_id);
  const session = sessionOf();
  if (!state || session.status !== "signed_in") return;
  const held = timelineOf(room_id).entries.flatMap((entry) =>
    entry.kind === "message" && entry.seq > seq ? [entry.message] : [],
  );
  try {
    await markUnread(room_id, seq, countFrom(state, seq, [message, ...held], session.user));
  } catch (error) {
    toast(`Not marked unread. ${describeError(error)}`, "error");
  }
}

/** How a queued message leaves: over the socket, or by POST where a proxy has kept the socket down for 10 s. Changes of messages go by REST. */
import { SendRefused } from "@/entities/outbox/send-failure";
import { findMessage, putMessage } from "@/entities/timeline/timeline";
import { timelineOf, updateTimeline } from "@/entities/timeline/timeline-store";
import { ApiError } from "@/shared/api/api-error";
import { api } from "@/shared/api/client";
import type { MessageChange, StoredSend } from "@/shared/lib/database";
import { Disconnected, Refused } from "@/shared/realtime/request-table";
import type { ChatSocket } from "@/shared/realtime/socket";

/** Else a line that swallows everything would hold the outbox's lock, and with it every tab's messages. */
const POST_DEADLINE_MS = 15_000;

/** `mayPost` is asked only while the socket is down. */
export async function sendMessage(
  socket: ChatSocket,
  mayPost: () => boolean,
  send: StoredSend,
): Promise<{ seq: number } | null> {
  const { room_id, client_id, body, reply_to, change } = send;
  try {
    if (change) return await commit(send, change);
    if (!socket.isLive && mayPost()) return await post(send);
    const replyTo = reply_to ? { reply_to } : {};
    const answer = await socket.request({ type: "send", room_id, client_id, body, ...replyTo });
    if (answer.type !== "ack") throw new Disconnected("the answer was not an ack");
    return { seq: answer.seq };
  } catch (error) {
    if (error instanceof Refused) {
      const { code, detail, retry_after_ms } = error.frame;
      throw new SendRefused(code, detail, retry_after_ms ?? null);
    }
    if (error instanceof ApiError) throw new SendRefused(error.code, error.message, error.retryAfterMs);
    throw error;
  }
}

async function post({ room_id, client_id, body, reply_to }: StoredSend): Promise<{ seq: number }> {
  const { data } = await api.POST("/api/v1/rooms/{room_id}/messages", {
    params: { path: { room_id } },
    body: { client_id, body, reply_to: reply_to ?? null },
    signal: AbortSignal.timeout(POST_DEADLINE_MS),
  });
  if (!data) throw new Disconnected("the answer was empty");
  return { seq: data.seq };
}

/** Each is safe to repeat. The answer is shown at once; its event may come before or after. */
async function commit(send: StoredSend, change: MessageChange): Promise<{ seq: number } | null> {
  const { room_id } = send;
  const path = { room_id, message_id: change.message_id };
  const signal = AbortSignal.timeout(POST_DEADLINE_MS);
  if (change.kind === "delete") {
    await api.DELETE("/api/v1/rooms/{room_id}/messages/{message_id}", { params: { path }, signal });
    return { seq: 0 }; // nothing to show instead, so it stays as it is until its event comes
  }
  const { data } =
    change.kind === "edit" ? await edit(send, change, path, signal) : await react(change, path, signal);
  if (data) updateTimeline(room_id, (timeline) => putMessage(timeline, data));
  return null;
}

type Path = { room_id: string; message_id: string };

/** Only where the text is still the one it was made from; a reaction meanwhile moves the revision, too. */
async function edit(
  { body, room_id }: StoredSend,
  { message_id, if_revision, base }: MessageChange & { kind: "edit" },
  path: Path,
  signal: AbortSignal,
) {
  const held = findMessage(timelineOf(room_id), message_id);
  if (held?.body === body) return { data: held }; // an earlier try whose answer was lost
  const revision = held?.body === base ? held.revision : if_revision;
  return api.PATCH("/api/v1/rooms/{room_id}/messages/{message_id}", {
    params: { path },
    body: { body, if_revision: revision },
    signal,
  });
}

function react({ emoji, is_on }: MessageChange & { kind: "react" }, path: Path, signal: AbortSignal) {
  const params = { path: { ...path, emoji } };
  const url = "/api/v1/rooms/{room_id}/messages/{message_id}/reactions/{emoji}";
  return is_on ? api.PUT(url, { params, signal }) : api.DELETE(url, { params, signal });
}

/** How a queued message leaves: over the socket, or by POST where a proxy has kept the socket down for 10 s. */
import { SendRefused } from "@/entities/outbox/send-failure";
import { ApiError } from "@/shared/api/api-error";
import { api } from "@/shared/api/client";
import type { StoredSend } from "@/shared/lib/database";
import { Disconnected, Refused } from "@/shared/realtime/request-table";
import type { ChatSocket } from "@/shared/realtime/socket";

/** Else a line that swallows everything would hold the outbox's lock, and with it every tab's messages. */
const POST_DEADLINE_MS = 15_000;

/** `mayPost` is asked only while the socket is down. */
export async function sendMessage(
  socket: ChatSocket,
  mayPost: () => boolean,
  send: StoredSend,
): Promise<{ seq: number }> {
  const { room_id, client_id, body } = send;
  try {
    if (!socket.isLive && mayPost()) return await post(send);
    const answer = await socket.request({ type: "send", room_id, client_id, body });
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

async function post({ room_id, client_id, body }: StoredSend): Promise<{ seq: number }> {
  const { data } = await api.POST("/api/v1/rooms/{room_id}/messages", {
    params: { path: { room_id } },
    body: { client_id, body },
    signal: AbortSignal.timeout(POST_DEADLINE_MS),
  });
  if (!data) throw new Disconnected("the answer was empty");
  return { seq: data.seq };
}

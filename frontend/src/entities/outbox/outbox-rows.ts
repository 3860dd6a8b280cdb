/** The outbox in IndexedDB, shared by all tabs. Rows of the same person only. */
import { database, type StoredSend } from "@/shared/lib/database";

export async function putSend(send: StoredSend): Promise<void> {
  await (await database()).put("outbox", send);
}

/** Oldest first. */
export async function listSends(userId: string): Promise<StoredSend[]> {
  const sends = await (await database()).getAllFromIndex("outbox", "user_id", userId);
  return sends.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

export async function findSend(clientId: string): Promise<StoredSend | undefined> {
  return (await database()).getFromIndex("outbox", "client_id", clientId);
}

export async function deleteSend(clientId: string): Promise<void> {
  const db = await database();
  const order = await db.getKeyFromIndex("outbox", "client_id", clientId);
  if (order !== undefined) await db.delete("outbox", order);
}

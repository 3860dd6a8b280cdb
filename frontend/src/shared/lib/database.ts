/** What this browser keeps for a person between visits (IndexedDB): unsent messages and drafts. Never tokens. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface StoredSend {
  /** Makes the order; given by the store, over all tabs. */
  order?: number;
  client_id: string;
  user_id: string;
  room_id: string;
  body: string;
  created_at: string;
  tries: number;
  state: "queued" | "failed";
  error?: string;
}

export interface StoredDraft {
  /** `user_id:room_id` */
  key: string;
  text: string;
  updated_at: number;
}

interface Schema extends DBSchema {
  outbox: { key: number; value: StoredSend; indexes: { client_id: string; user_id: string } };
  drafts: { key: string; value: StoredDraft };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("devschat", 1, {
    upgrade(db) {
      const outbox = db.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
      outbox.createIndex("client_id", "client_id", { unique: true });
      outbox.createIndex("user_id", "user_id");
      db.createObjectStore("drafts", { keyPath: "key" });
    },
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** For signing out: the next person at this computer finds nothing. */
export async function clearDatabase(): Promise<void> {
  const db = await database();
  await Promise.all([db.clear("outbox"), db.clear("drafts")]);
}

/** What this browser keeps for a person between visits (IndexedDB): unsent messages and drafts. Never tokens. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** A change of a message that is there already. */
export type MessageChange =
  /** `base`: the text it was made from, which tells a change of the text from a reaction to it. */
  | { kind: "edit"; message_id: string; if_revision: number; base: string }
  | { kind: "delete"; message_id: string }
  | { kind: "react"; message_id: string; emoji: string; is_on: boolean };

/** A new message, or with `change` a change of one; `body` is the text of either. */
export interface StoredSend {
  /** Makes the order; given by the store, over all tabs. */
  order?: number;
  client_id: string;
  user_id: string;
  room_id: string;
  body: string;
  created_at: string;
  /** The message this one answers. */
  reply_to?: string;
  change?: MessageChange;
  /** May be taken back until then (milliseconds since 1970). */
  not_before?: number;
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

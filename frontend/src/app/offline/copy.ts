/**
 * What this browser last knew, so that the app opens without a network: who I am, my rooms, their newest messages.
 * A database of its own, since it may be thrown away at any time; drafts and unsent messages may not.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { MessagePage, Room, User } from "@/shared/api/types";

interface Schema extends DBSchema {
  /** `user`, `rooms` */
  facts: { key: "user" | "rooms"; value: User | Room[] };
  /** By room. */
  pages: { key: string; value: MessagePage };
}

export interface Copy {
  user: User;
  rooms: Room[];
  pages: Map<string, MessagePage>;
}

/** To be raised when what is kept changes its shape: older copies are dropped. */
const VERSION = 1;

let opened: Promise<IDBPDatabase<Schema>> | null = null;

function open(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("devschat-copy", VERSION, {
    upgrade(db) {
      for (const name of [...db.objectStoreNames]) db.deleteObjectStore(name);
      db.createObjectStore("facts");
      db.createObjectStore("pages");
    },
    blocking: () => void opened?.then((db) => db.close()),
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** The copy as a whole is replaced, so nothing of another person or of a room that was left stays in it. */
export async function writeCopy({ user, rooms, pages }: Copy): Promise<void> {
  const db = await open();
  const change = db.transaction(["facts", "pages"], "readwrite");
  const facts = change.objectStore("facts");
  const stored = change.objectStore("pages");
  await Promise.all([
    facts.put(user, "user"),
    facts.put(rooms, "rooms"),
    stored.clear(),
    ...[...pages].map(([roomId, page]) => stored.put(page, roomId)),
    change.done,
  ]);
}

export async function readCopy(): Promise<Copy | null> {
  const db = await open();
  const user = (await db.get("facts", "user")) as User | undefined;
  const rooms = (await db.get("facts", "rooms")) as Room[] | undefined;
  if (!user || !rooms) return null;
  const [ids, pages] = await Promise.all([db.getAllKeys("pages"), db.getAll("pages")]);
  return { user, rooms, pages: new Map(ids.map((id, at) => [id, pages[at] as MessagePage])) };
}

export async function dropCopy(): Promise<void> {
  const db = await open();
  const change = db.transaction(["facts", "pages"], "readwrite");
  await Promise.all([change.objectStore("facts").clear(), change.objectStore("pages").clear(), change.done]);
}

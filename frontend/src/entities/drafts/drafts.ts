/** What somebody has typed and not sent, per person and room. In memory at once, in IndexedDB soon. */
import { database } from "@/shared/lib/database";

const recent = new Map<string, string>();

/** A page that is going away may not finish writing to IndexedDB; this is synchronous. */
const SPILL_KEY = "dc:draft";

/** What this tab already knows, without waiting. */
export const peekDraft = (key: string): string | undefined => recent.get(key);

export async function readDraft(key: string): Promise<string> {
  const known = recent.get(key);
  if (known !== undefined) return known;
  const spilled = takeSpilled(key);
  if (spilled !== null) {
    await writeDraft(key, spilled);
    return spilled;
  }
  const stored = await database().then((db) => db.get("drafts", key));
  return stored?.text ?? "";
}

/** An empty text deletes the draft; call it only after the person changed the text. */
export async function writeDraft(key: string, text: string): Promise<void> {
  recent.set(key, text);
  takeSpilled(key); // older than this
  const db = await database();
  if (text) await db.put("drafts", { key, text, updated_at: Date.now() });
  else await db.delete("drafts", key);
}

/** Keeps a text over the end of the page. The next `readDraft` moves it to its place. */
export function spillDraft(key: string, text: string) {
  localStorage.setItem(SPILL_KEY, JSON.stringify([key, text]));
}

function takeSpilled(key: string): string | null {
  const [spilledKey, text]: unknown[] = JSON.parse(localStorage.getItem(SPILL_KEY) ?? "[]");
  if (spilledKey !== key || typeof text !== "string") return null;
  localStorage.removeItem(SPILL_KEY);
  return text;
}

export function forgetDrafts() {
  recent.clear();
  localStorage.removeItem(SPILL_KEY);
}

/**
 * Whether a new message makes a banner, and a sound. Pure.
 *
 * What one is looking at right now is not asked: a room that is read on any device, in any tab, has moved its read
 * mark by the time this is decided, and a room that is open but not read is worth a word.
 */

export type Level = "off" | "mentions" | "all";

export interface Circumstances {
  isMine: boolean;
  isDeleted: boolean;
  isMention: boolean;
  /** My read mark has passed it, wherever that happened. */
  isRead: boolean;
  level: Level;
  isSoundOn: boolean;
  /** Since the last sound for this room. */
  quietForMs: number;
}

export type Verdict = "nothing" | "banner" | "banner_and_sound";

export const SOUND_PAUSE_MS = 5_000;

export function decide(message: Circumstances): Verdict {
  const { isMine, isDeleted, isMention, isRead, level, isSoundOn, quietForMs } = message;
  if (isMine || isDeleted || isRead) return "nothing";
  if (level === "off" || (level === "mentions" && !isMention)) return "nothing";
  return isSoundOn && quietForMs >= SOUND_PAUSE_MS ? "banner_and_sound" : "banner";
}

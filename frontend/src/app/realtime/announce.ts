/** Tells screen readers about new messages of the open room: others' only, joined, and a count while catching up. */

import { preferences } from "@/entities/preferences/preferences";
import { messageOf } from "@/entities/timeline/entry";
import { openRoomStore } from "@/entities/timeline/timeline-store";
import type { Message, RoomEvent } from "@/shared/api/types";
import { announce } from "@/shared/lib/announcer";

const MAX_JOINED = 3;
const GATHER_MS = 1_000;
let gathered: Message[] = [];
let hasCaughtUp = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export function offerToAnnouncer(
  roomId: string,
  events: readonly RoomEvent[],
  myId: string,
  isCatchUp: boolean,
) {
  if (openRoomStore.getState().roomId !== roomId || preferences().readAloud === "off") return;
  for (const event of events) {
    const message = event.kind === "message_created" ? messageOf(event) : null;
    if (message && message.author.id !== myId) gathered.push(message);
  }
  hasCaughtUp ||= isCatchUp;
  if (gathered.length > 0 && timer === undefined) timer = setTimeout(speak, GATHER_MS);
}

function speak() {
  announce(describe(gathered, hasCaughtUp));
  gathered = [];
  hasCaughtUp = false;
  timer = undefined;
}

function describe(messages: readonly Message[], isCatchUp: boolean): string {
  if (isCatchUp) return messages.length === 1 ? "1 new message" : `${messages.length} new messages`;
  const spoken = messages
    .slice(0, MAX_JOINED)
    .map(({ author, body }) => `${author.display_name}: ${body ?? ""}`);
  const rest = messages.length - spoken.length;
  return rest > 0 ? `${spoken.join(". ")}. ${rest} more` : spoken.join(". ");
}

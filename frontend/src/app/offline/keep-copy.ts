/** Keeps the copy of what is known up to date while somebody is signed in. */
import { readStateOf, readStateStore } from "@/entities/read-state/read-state-store";
import { myRooms } from "@/entities/rooms/my-rooms";
import { recentRooms } from "@/entities/rooms/recent-rooms";
import { sessionOf } from "@/entities/session/session-store";
import type { Timeline } from "@/entities/timeline/timeline";
import { timelineOf, timelineStore } from "@/entities/timeline/timeline-store";
import type { MessagePage, Room } from "@/shared/api/types";
import { writeCopy } from "./copy";

const MAX_ROOMS = 20;
const MAX_MESSAGES = 100;
const WRITE_AFTER_MS = 5_000;

export function keepCopy(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const session = sessionOf();
    const rooms = myRooms();
    if (session.status !== "signed_in" || rooms.length === 0) return;
    void writeCopy({ user: session.user, rooms: rooms.map(counted), pages: newestPages() }).catch(() => {});
  };
  const writeSoon = () => {
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  };
  const stops = [timelineStore.subscribe(writeSoon), readStateStore.subscribe(writeSoon)];
  const onHidden = () => {
    if (document.visibilityState === "hidden" && timer !== undefined) write();
  };
  document.addEventListener("visibilitychange", onHidden);
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
    document.removeEventListener("visibilitychange", onHidden);
  };
}

/** With the counts of now: the snapshot in the query cache has those of when it was loaded. */
function counted(room: Room): Room {
  const state = readStateOf(room.id);
  if (!state) return room;
  const { unread, mentions, readSeq, countedTo } = state;
  return { ...room, unread_count: unread, mention_count: mentions, read_seq: readSeq, head: countedTo };
}

function newestPages(): Map<string, MessagePage> {
  const pages = new Map<string, MessagePage>();
  for (const roomId of recentRooms.get().slice(0, MAX_ROOMS)) {
    const page = newestPage(timelineOf(roomId));
    if (page) pages.set(roomId, page);
  }
  return pages;
}

/** As the server would answer now, so that it can be put back the way a page is. Nothing for a room not loaded. */
export function newestPage({ isLoaded, epoch, have, entries, hasOlder }: Timeline): MessagePage | null {
  if (!isLoaded || epoch === null || have === null) return null;
  const all = entries.flatMap((entry) => (entry.kind === "message" ? [entry.message] : []));
  const messages = all.filter(({ seq }) => seq <= have).slice(-MAX_MESSAGES);
  return {
    epoch,
    as_of_seq: have,
    messages,
    has_more_before: hasOlder || messages.length < all.length,
    has_more_after: false,
  };
}

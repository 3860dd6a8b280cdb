import { afterEach, expect, it } from "vitest";
import { readStateOf } from "@/entities/read-state/read-state-store";
import { myRooms } from "@/entities/rooms/my-rooms";
import { applyEvents, emptyTimeline, follow, mergeNewest } from "@/entities/timeline/timeline";
import { dropAllTimelines, timelineOf } from "@/entities/timeline/timeline-store";
import { accessToken } from "@/shared/api/access-token";
import { ada, created, message, page, ROOM_ID, room } from "@/test/factories";
import { dropCopy, writeCopy } from "./copy";
import { newestPage } from "./keep-copy";
import { restoreCopy } from "./restore-copy";

afterEach(async () => {
  await dropCopy();
  dropAllTimelines();
  accessToken.clear();
});

it("gives back what was known: who, which rooms, their messages and what was unread", async () => {
  const kept = page([message(1), message(2)], { epoch: "e1" });
  await writeCopy({
    user: ada,
    rooms: [room({ head: 2, unread_count: 1, read_seq: 1 })],
    pages: new Map([[ROOM_ID, kept]]),
  });

  expect(await restoreCopy()).toEqual(ada);
  expect(myRooms().map(({ id }) => id)).toEqual([ROOM_ID]);
  expect(readStateOf(ROOM_ID)).toMatchObject({ unread: 1, readSeq: 1 });
  expect(timelineOf(ROOM_ID)).toMatchObject({ epoch: "e1", have: 2, isLoaded: true });
});

it("gives back nothing once it was dropped", async () => {
  await writeCopy({ user: ada, rooms: [room()], pages: new Map() });
  await dropCopy();

  expect(await restoreCopy()).toBeNull();
});

it("keeps a room as the server would answer now: events included, and where older ones begin", () => {
  const loaded = mergeNewest(
    follow(emptyTimeline, "e1", 4),
    page([message(3), message(4)], { epoch: "e1", has_more_before: true }),
  ).timeline;
  const now = applyEvents(loaded, [created(5)]).timeline;

  expect(newestPage(now)).toMatchObject({ epoch: "e1", as_of_seq: 5, has_more_before: true });
  expect(newestPage(now)?.messages.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  expect(newestPage(emptyTimeline)).toBeNull();
});

import { beforeEach, describe, expect, it } from "vitest";
import { created, message, page } from "@/test/factories";
import { applyEvents, emptyTimeline, fromPage } from "./timeline";
import {
  bounded,
  boundOpen,
  dropAllTimelines,
  dropTimeline,
  noteOpened,
  openRoomStore,
  timelineOf,
  timelineStore,
  updateTimeline,
} from "./timeline-store";

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);
const held = (roomId: string) => timelineOf(roomId).entries.length;

/** As its page load leaves it, and as long as this. */
function holds(roomId: string, count: number) {
  updateTimeline(roomId, () => fromPage(emptyTimeline, page(range(1, count).map((seq) => message(seq)))));
}

/** As the socket does: one event after what is held. */
function hears(roomId: string, count: number) {
  updateTimeline(roomId, (timeline) => {
    const have = timeline.have ?? 0;
    const events = range(have + 1, have + count).map((seq) => created(seq));
    return bounded(roomId, applyEvents(timeline, events).timeline);
  });
}

function shows(roomId: string) {
  noteOpened(roomId);
  openRoomStore.setState({ roomId });
}

beforeEach(() => {
  dropAllTimelines();
  openRoomStore.setState({ roomId: null });
});

describe("what is held of the rooms", () => {
  it("is twelve of those that were shown: the one not seen for longest is forgotten", () => {
    const rooms = range(1, 13).map((n) => `room-${n}`);
    for (const room of rooms.slice(0, 12)) {
      holds(room, 5);
      shows(room);
    }
    shows("room-1");

    shows("room-13");

    expect(rooms.filter((room) => timelineOf(room).isLoaded)).toEqual(
      rooms.filter((room) => room !== "room-2" && room !== "room-13"),
    );
    expect(timelineOf("room-2")).toMatchObject({ have: 5, entries: [] });
  });

  it("is at most 2,000 entries of one that was left, while more arrive", () => {
    holds("busy", 2_500);
    shows("busy");
    expect(held("busy")).toBe(2_500);

    shows("quiet");
    expect(held("busy")).toBe(2_000);

    hears("busy", 3);
    expect(held("busy")).toBe(2_000);
    expect(timelineOf("busy")).toMatchObject({ have: 2_503, floor: 503, hasOlder: true });
  });

  it("is at most 100 of one that was put back from a former visit and not shown since", () => {
    holds("restored", 100);

    hears("restored", 50);

    expect(held("restored")).toBe(100);
    expect(timelineOf("restored")).toMatchObject({ isLoaded: true, have: 150, floor: 50 });
  });

  it("has no place for one that is gone", () => {
    const rooms = range(1, 12).map((n) => `room-${n}`);
    for (const room of rooms) {
      holds(room, 5);
      shows(room);
    }

    dropTimeline("room-5");
    shows("room-13");

    expect(rooms.filter((room) => timelineOf(room).isLoaded)).toHaveLength(11);
    expect(Object.keys(timelineStore.getState().rooms)).not.toContain("room-5");
  });
});

describe("the room on the screen", () => {
  it("is left alone by events, since somebody may read it", () => {
    holds("open", 2_000);
    shows("open");

    hears("open", 500);

    expect(held("open")).toBe(2_500);
  });

  it("is cut to 2,000 where its end is looked at, not at every message", () => {
    holds("open", 2_000);
    shows("open");

    hears("open", 200);
    boundOpen("open");
    expect(held("open")).toBe(2_200);

    hears("open", 1);
    boundOpen("open");
    expect(held("open")).toBe(2_000);
    expect(timelineOf("open")).toMatchObject({ have: 2_201, floor: 201, hasOlder: true });
  });
});

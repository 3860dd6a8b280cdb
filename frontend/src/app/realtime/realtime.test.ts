import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectionStore } from "@/entities/connection/connection-store";
import { readStateOf } from "@/entities/read-state/read-state-store";
import { myRooms, myRoomsQuery, removeMyRoom } from "@/entities/rooms/my-rooms";
import { sessionEnded } from "@/entities/session/session";
import { sessionOf, setSession } from "@/entities/session/session-store";
import { loadNewest } from "@/entities/timeline/load-pages";
import { openRoomStore, timelineOf } from "@/entities/timeline/timeline-store";
import { accessToken } from "@/shared/api/access-token";
import { ApiError } from "@/shared/api/api-error";
import { queryClient } from "@/shared/api/query-client";
import type { MessagePage, Problem } from "@/shared/api/types";
import { announce, announcerStore } from "@/shared/lib/announcer";
import { ada, created, message, page, ROOM_ID, room } from "@/test/factories";
import { FakeWebSocket } from "@/test/fake-web-socket";
import { startRealtime } from "./realtime";

const joined = {
  room_id: ROOM_ID,
  head: 10,
  read_seq: 8,
  role: "member",
  unread_count: 2,
  mention_count: 0,
} as const;
let newest: MessagePage | undefined;
let stop = () => {};

const json = (body: unknown) =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
const subscribed = () => FakeWebSocket.last.sentOf("subscribe").flatMap(({ rooms }) => rooms);
const bodies = () =>
  timelineOf(ROOM_ID).entries.map((entry) =>
    entry.kind === "message" ? entry.message.body : entry.note.kind,
  );

function welcome(rooms: object[] = [joined]) {
  FakeWebSocket.last.opens();
  FakeWebSocket.last.hears({ type: "welcome", epoch: "e1", heartbeat_ms: 25_000, rooms } as never);
}

const hears = (...frames: object[]) => {
  for (const frame of frames) FakeWebSocket.last.hears(frame);
};

beforeEach(async () => {
  FakeWebSocket.opened = [];
  newest = page([message(9), message(10)], { has_more_before: true });
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    if (url.includes("/messages")) return newest ? json(newest) : new Response("", { status: 503 });
    return json({ items: [room({ head: 10, read_seq: 8, unread_count: 2 })], next_cursor: null });
  });
  accessToken.set("t", ada.id);
  setSession({ status: "signed_in", user: ada });
  await queryClient.fetchQuery(myRoomsQuery);
  stop = startRealtime(ada);
});

afterEach(() => {
  setSession({ status: "signed_out" });
  stop();
  openRoomStore.setState({ roomId: null });
  vi.unstubAllGlobals();
});

describe("a welcome", () => {
  it("subscribes to my rooms after their heads, and takes over the counts", () => {
    welcome();

    expect(subscribed()).toEqual([{ room_id: ROOM_ID, epoch: "e1", after: 10 }]);
    expect(readStateOf(ROOM_ID)).toMatchObject({ unread: 2, countedTo: 10 });
    expect(connectionStore.getState().state).toBe("live");
  });

  it("resumes after what a page brought", async () => {
    await loadNewest(ROOM_ID);

    welcome([{ ...joined, head: 30 }]);

    expect(subscribed()).toEqual([{ room_id: ROOM_ID, epoch: "e1", after: 10 }]);
  });

  it("without one of my rooms means I am no longer in it", () => {
    removeMyRoom(ROOM_ID);

    welcome([]);

    expect(myRooms()).toEqual([]);
    expect(readStateOf(ROOM_ID)).toBeUndefined();
  });
});

it("asks again for what could not be had while there was no connection, and not for what was refused", async () => {
  const refusal: Problem = {
    type: "",
    title: "",
    status: 404,
    detail: "",
    code: "not_found",
    request_id: "",
  };
  const lost = vi.fn().mockRejectedValueOnce(new TypeError("network")).mockResolvedValue("here");
  const refused = vi.fn().mockRejectedValue(new ApiError(refusal));
  const observers = [lost, refused].map(
    (queryFn, index) => new QueryObserver(queryClient, { queryKey: ["shown", index], queryFn, retry: false }),
  );
  const stops = observers.map((observer) => observer.subscribe(() => {}));
  await vi.waitFor(() =>
    expect(observers.every((observer) => observer.getCurrentResult().isError)).toBe(true),
  );

  welcome();

  await vi.waitFor(() => expect(observers[0]?.getCurrentResult().data).toBe("here"));
  expect(refused).toHaveBeenCalledOnce();
  for (const stop of stops) stop();
});

describe("a refused subscription", () => {
  it.each([
    ["of one room", { room_id: ROOM_ID }],
    ["of a whole frame", {}],
  ])("%s is asked for again after the wait", async (_what, which) => {
    welcome();

    hears({ type: "error", id: 1, code: "rate_limited", detail: "slow down", retry_after_ms: 5, ...which });

    await vi.waitFor(() => expect(subscribed()).toHaveLength(2));
  });

  it("is not what an error to something else says", async () => {
    welcome();

    hears({ type: "error", room_id: ROOM_ID, code: "forbidden", detail: "archived" }, { type: "pong", n: 1 });
    hears({ type: "read", room_id: ROOM_ID, seq: 10 });

    await vi.waitFor(() => expect(readStateOf(ROOM_ID)).toMatchObject({ readSeq: 10 }));
    expect(myRooms()).toHaveLength(1);
  });
});

describe("events", () => {
  it("are applied together, and counted once", async () => {
    welcome();

    hears(
      { type: "event", ...created(11) },
      { type: "event", ...created(11) },
      { type: "events", room_id: ROOM_ID, from: 12, to: 13, events: [created(12), created(13)] },
    );

    await vi.waitFor(() => expect(readStateOf(ROOM_ID)).toMatchObject({ unread: 5, countedTo: 13 }));
    expect(bodies()).toEqual(["message 11", "message 12", "message 13"]);
  });

  it("of a room that nobody looks at don't pile up", async () => {
    welcome();

    const events = Array.from({ length: 300 }, (_, index) => created(11 + index));
    hears({ type: "events", room_id: ROOM_ID, from: 11, to: 310, events });

    await vi.waitFor(() => expect(timelineOf(ROOM_ID).have).toBe(310));
    expect(bodies()).toHaveLength(100);
    expect(bodies().at(-1)).toBe("message 310");
  });

  it("with a gap ask again after the cursor, once", async () => {
    welcome();
    hears({ type: "subscribed", id: 1, room_id: ROOM_ID, epoch: "e1", head: 10 });
    await vi.waitFor(() => expect(timelineOf(ROOM_ID).have).toBe(10));

    hears({ type: "event", ...created(13) }, { type: "event", ...created(14) });

    await vi.waitFor(() => expect(subscribed()).toHaveLength(2));
    expect(subscribed().at(-1)).toEqual({ room_id: ROOM_ID, epoch: "e1", after: 10 });
  });

  it.each([
    ["counted where they were missed, in whatever frame they come", 12, "2 new messages"],
    ["read aloud where they are new", 10, "Linus Torvalds: message 11. Linus Torvalds: message 12"],
  ])("are %s", async (_, head, heard) => {
    announce("");
    openRoomStore.setState({ roomId: ROOM_ID });
    welcome();
    hears({ type: "subscribed", id: 1, room_id: ROOM_ID, epoch: "e1", head });

    hears({ type: "event", ...created(11) }, { type: "event", ...created(12) });

    await vi.waitFor(() => expect(announcerStore.getState().text).toBe(heard), { timeout: 3_000 });
  });
});

describe("a reset", () => {
  it("replaces the open room's rows by the newest page and subscribes after it", async () => {
    await loadNewest(ROOM_ID);
    openRoomStore.setState({ roomId: ROOM_ID });
    welcome();
    newest = page([message(3, { body: "restored" })], { epoch: "e2" });

    hears({ type: "reset", room_id: ROOM_ID, epoch: "e2", head: 3, reason: "epoch" });

    await vi.waitFor(() => expect(bodies()).toEqual(["restored"]));
    expect(subscribed().at(-1)).toEqual({ room_id: ROOM_ID, epoch: "e2", after: 3 });
  });

  it("whose page can't be loaded goes on at its head, and says that there is nothing to show", async () => {
    await loadNewest(ROOM_ID);
    openRoomStore.setState({ roomId: ROOM_ID });
    welcome();
    newest = undefined;

    hears({ type: "reset", room_id: ROOM_ID, epoch: "e2", head: 3, reason: "epoch" });

    await vi.waitFor(() => expect(subscribed().at(-1)).toEqual({ room_id: ROOM_ID, epoch: "e2", after: 3 }));
    expect(timelineOf(ROOM_ID)).toMatchObject({ have: 3, isLoaded: false });
  });

  it("of another room starts it anew at its head", async () => {
    welcome();

    hears({ type: "reset", room_id: ROOM_ID, epoch: "e2", head: 3, reason: "too_far" });

    await vi.waitFor(() => expect(subscribed().at(-1)).toEqual({ room_id: ROOM_ID, epoch: "e2", after: 3 }));
    expect(timelineOf(ROOM_ID).isLoaded).toBe(false);
  });
});

describe("my membership and read mark", () => {
  it("follow other devices", async () => {
    welcome();

    hears({ type: "read", room_id: ROOM_ID, seq: 10 });
    await vi.waitFor(() => expect(readStateOf(ROOM_ID)).toMatchObject({ unread: 0, readSeq: 10 }));
    hears({ type: "removed", room_id: ROOM_ID, seq: 11, reason: "removed" });

    await vi.waitFor(() => expect(myRooms()).toEqual([]));
    expect(readStateOf(ROOM_ID)).toBeUndefined();
  });

  it("begin with a subscription to the new room", async () => {
    welcome([]);

    hears({ type: "room_added", ...joined });

    await vi.waitFor(() => expect(subscribed()).toEqual([{ room_id: ROOM_ID, epoch: "e1", after: 10 }]));
  });
});

describe("an account that is taken out of use", () => {
  it("ends the session here and says why, also when a call is refused after that", () => {
    welcome();

    FakeWebSocket.last.closesWith(4403);
    sessionEnded();

    expect(sessionOf()).toEqual({ status: "signed_out", isDisabled: true });
    expect(accessToken.get()).toBeNull();
  });
});

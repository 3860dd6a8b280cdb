import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openRoomStore } from "@/entities/timeline/timeline-store";
import { ROOM_ID } from "@/test/factories";
import { applyReadMark, forgetReadMarks, markRead, wireReadMarks } from "./mark-read";
import { markUnread } from "./mark-unread";
import { readStateOf, seedReadStates } from "./read-state-store";
import { forgetHold, isReadingHeld } from "./reading-hold";

const counts = { head: 20, read_seq: 12, unread_count: 8, mention_count: 0 };
const sender = vi.fn(async () => true);
const recount = vi.fn(async () => {});
const asked = vi.fn(async (_: Request) => new Response(null, { status: 204 }));
const five = { unread: 15, mentions: 2 };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked);
  wireReadMarks({ sender, recount });
  seedReadStates([{ roomId: ROOM_ID, count: counts }], true);
  openRoomStore.setState({ roomId: ROOM_ID });
});

afterEach(() => {
  forgetReadMarks();
  forgetHold();
  openRoomStore.setState({ roomId: null });
  vi.clearAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("shows at once, asks the server to count, and holds reading in the open room", async () => {
  const marking = markUnread(ROOM_ID, 6, five);
  expect(readStateOf(ROOM_ID)).toMatchObject({ readSeq: 5, ...five });
  await marking;

  expect(await asked.mock.calls[0]?.[0].json()).toEqual({ seq: 6 });
  expect(isReadingHeld(ROOM_ID)).toBe(true);
  expect(recount).toHaveBeenCalledOnce();
});

it("holds nothing in a room that is not open", async () => {
  openRoomStore.setState({ roomId: null });
  await markUnread(ROOM_ID, 6, five);

  expect(isReadingHeld(ROOM_ID)).toBe(false);
});

it("drops the mark of this room that has not left", async () => {
  markRead(ROOM_ID, 20);
  await markUnread(ROOM_ID, 6, five);
  await vi.runAllTimersAsync();

  expect(sender).not.toHaveBeenCalled();
  expect(readStateOf(ROOM_ID)?.readSeq).toBe(5);
});

it("goes after the mark that has left, once the server has that", async () => {
  markRead(ROOM_ID, 20);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sender).toHaveBeenCalledWith(ROOM_ID, 20);

  const marking = markUnread(ROOM_ID, 6, five);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).not.toHaveBeenCalled();
  applyReadMark(ROOM_ID, 20);
  await marking;

  expect(asked).toHaveBeenCalledOnce();
  expect(readStateOf(ROOM_ID)?.readSeq).toBe(5);
});

it("waits a second at most for that", async () => {
  markRead(ROOM_ID, 20);
  await vi.advanceTimersByTimeAsync(2_000);

  const marking = markUnread(ROOM_ID, 6, five);
  await vi.advanceTimersByTimeAsync(1_000);
  await marking;

  expect(asked).toHaveBeenCalledOnce();
});

it("lets a mark leave again only when it has been answered", async () => {
  let answer = (_: Response) => {};
  asked.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const marking = markUnread(ROOM_ID, 6, five);
  markRead(ROOM_ID, 20);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(sender).not.toHaveBeenCalled();

  answer(new Response(null, { status: 204 }));
  await marking;
  await vi.advanceTimersByTimeAsync(4_000);

  expect(sender).toHaveBeenCalledWith(ROOM_ID, 20);
  expect(readStateOf(ROOM_ID)?.readSeq).toBe(20);
});

it("is taken back when the server can't be reached, and what was dropped for it is sent after all", async () => {
  asked.mockRejectedValueOnce(new TypeError("offline"));
  markRead(ROOM_ID, 20);
  const marking = markUnread(ROOM_ID, 6, five);
  await expect(marking).rejects.toThrow("offline");
  expect(readStateOf(ROOM_ID)).toMatchObject({ readSeq: 20, unread: 0, mentions: 0 });
  expect(isReadingHeld(ROOM_ID)).toBe(false);

  await vi.advanceTimersByTimeAsync(4_000);
  expect(sender).toHaveBeenCalledWith(ROOM_ID, 20);
});

it("taken back, leaves what was marked unread before it held", async () => {
  await markUnread(ROOM_ID, 6, five);
  asked.mockRejectedValueOnce(new TypeError("offline"));
  await expect(markUnread(ROOM_ID, 3, five)).rejects.toThrow("offline");

  expect(readStateOf(ROOM_ID)?.readSeq).toBe(5);
  expect(isReadingHeld(ROOM_ID)).toBe(true);
});

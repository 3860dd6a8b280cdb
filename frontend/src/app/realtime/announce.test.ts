import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setPreference } from "@/entities/preferences/preferences";
import { openRoomStore } from "@/entities/timeline/timeline-store";
import { announce, announcerStore } from "@/shared/lib/announcer";
import { ada, created, ROOM_ID } from "@/test/factories";
import { offerToAnnouncer } from "./announce";

const heard = () => {
  vi.runAllTimers();
  return announcerStore.getState().text;
};

beforeEach(() => {
  vi.useFakeTimers();
  announce("");
  openRoomStore.setState({ roomId: ROOM_ID });
});

afterEach(() => {
  vi.useRealTimers();
  openRoomStore.setState({ roomId: null });
  setPreference("readAloud", "on");
});

it("says what comes within a second together, and of more than three how many", () => {
  offerToAnnouncer(ROOM_ID, [created(1), created(2)], ada.id, false);
  offerToAnnouncer(ROOM_ID, [created(3), created(4), created(5)], ada.id, false);

  expect(heard()).toBe(
    "Linus Torvalds: message 1. Linus Torvalds: message 2. Linus Torvalds: message 3. 2 more",
  );
});

it("says nothing where one has turned it off", () => {
  setPreference("readAloud", "off");

  offerToAnnouncer(ROOM_ID, [created(1)], ada.id, false);

  expect(heard()).toBe("");
});

import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ada, linus, ROOM_ID } from "@/test/factories";
import {
  forgetPresence,
  heardPresence,
  heardTyping,
  sayNothing,
  sayTyping,
  stoppedTyping,
  useIsOnline,
  useTyping,
  whenTyping,
} from "./presence-store";

const tell = vi.fn();
const typists = () => renderHook(() => useTyping(ROOM_ID)).result.current;

beforeEach(() => {
  vi.useFakeTimers();
  tell.mockClear();
  whenTyping(tell);
});

afterEach(() => {
  act(forgetPresence);
  vi.useRealTimers();
});

it("typing is told now and then, the last keys too, and not after the text was sent", () => {
  sayTyping(ROOM_ID);
  sayTyping(ROOM_ID);
  expect(tell).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2_500);
  expect(tell).toHaveBeenCalledTimes(2);

  sayTyping(ROOM_ID);
  sayNothing();
  vi.advanceTimersByTime(10_000);
  expect(tell).toHaveBeenCalledTimes(2);
});

it("who types is forgotten after a while, or at once when the message comes", () => {
  act(() => {
    heardTyping(ROOM_ID, ada.id);
    heardTyping(ROOM_ID, linus.id);
  });
  expect(typists()).toEqual([ada.id, linus.id]);
  act(() => stoppedTyping(ROOM_ID, ada.id));
  expect(typists()).toEqual([linus.id]);
  act(() => void vi.advanceTimersByTime(5_000));
  expect(typists()).toEqual([]);
});

it("knows who is online until told otherwise", () => {
  const { result } = renderHook(() => useIsOnline(linus.id));
  act(() => heardPresence([{ user_id: linus.id, status: "online" }]));
  expect(result.current).toBe(true);
  act(() => heardPresence([{ user_id: linus.id, status: "offline" }]));
  expect(result.current).toBe(false);
});

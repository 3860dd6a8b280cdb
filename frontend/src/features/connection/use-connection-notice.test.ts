import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { connectionStore } from "@/entities/connection/connection-store";
import type { ConnectionState } from "@/shared/realtime/socket";
import { useConnectionNotice } from "./use-connection-notice";

const is = (state: ConnectionState) => act(() => connectionStore.setState({ state, failures: 0 }));
const passes = (ms: number) => act(() => vi.advanceTimersByTime(ms));

beforeEach(() => {
  vi.useFakeTimers();
  connectionStore.setState({ state: "live", failures: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

it("says nothing of a blink", () => {
  const { result } = renderHook(useConnectionNotice);

  is("waiting");
  passes(1_900);
  is("live");
  passes(5_000);

  expect(result.current).toBe("none");
});

it("tells a longer drop, and for a moment its end", () => {
  const { result } = renderHook(useConnectionNotice);

  is("waiting");
  passes(2_100);
  expect(result.current).toBe("reconnecting");
  is("live");
  expect(result.current).toBe("back");
  passes(2_000);

  expect(result.current).toBe("none");
});

it("does not stay at the good news when the line blinks meanwhile", () => {
  const { result } = renderHook(useConnectionNotice);
  is("waiting");
  passes(2_100);
  is("live");

  is("waiting");
  passes(500);
  is("live");
  passes(2_000);

  expect(result.current).toBe("none");
});

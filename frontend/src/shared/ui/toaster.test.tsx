import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { toast, toastStore } from "./toast-store";
import { Toaster } from "./toaster";

beforeEach(() => {
  vi.useFakeTimers();
  toastStore.setState({ toasts: [] });
  render(<Toaster />);
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

it("shows a notice in a region that is read out, and takes it away after a while", () => {
  act(() => toast("Saved"));
  expect(screen.getByRole("status")).toHaveTextContent("Saved");

  pass(6_000);

  expect(screen.queryByText("Saved")).not.toBeInTheDocument();
});

it("keeps it while somebody points at it", () => {
  act(() => toast("Read me", "error"));
  const row = screen.getByText("Read me").parentElement as HTMLElement;

  fireEvent.pointerEnter(row);
  pass(60_000);
  expect(screen.getByRole("alert")).toHaveTextContent("Read me");
  fireEvent.pointerLeave(row);
  pass(6_000);

  expect(screen.queryByText("Read me")).not.toBeInTheDocument();
});

it("keeps what offers something until it is taken", () => {
  const run = vi.fn();
  act(() => toast("A new version", "info", { label: "Reload", run }));
  pass(60_000);

  fireEvent.click(screen.getByRole("button", { name: "Reload" }));

  expect(run).toHaveBeenCalledOnce();
  expect(screen.queryByText("A new version")).not.toBeInTheDocument();
});

import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { IconButton } from "./icon-button";

const hover = (button: HTMLElement) => {
  vi.useFakeTimers();
  fireEvent.pointerEnter(button, { pointerType: "mouse" });
};

it("shows its name after a moment of hovering, and hides it on press", async () => {
  render(<IconButton label="Create a room">+</IconButton>);
  const button = screen.getByRole("button", { name: "Create a room" });

  hover(button);
  expect(screen.queryByText("Create a room")).not.toBeInTheDocument();
  await vi.advanceTimersByTimeAsync(400);
  vi.useRealTimers();
  expect(await screen.findByText("Create a room")).toBeInTheDocument();
  fireEvent.pointerDown(button);

  expect(screen.queryByText("Create a room")).not.toBeInTheDocument();
});

it("says its name to screen readers once", () => {
  render(<IconButton label="Create a room">+</IconButton>);

  const button = screen.getByRole("button");

  expect(button).toHaveAccessibleName("Create a room");
  expect(button).toHaveAccessibleDescription("");
});

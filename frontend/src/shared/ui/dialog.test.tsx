import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createRef } from "react";
import { expect, it, vi } from "vitest";
import { Dialog } from "./dialog";

it("closes by a press beside it, not by a selection that ends there", async () => {
  const onClose = vi.fn();
  render(
    <Dialog title="Create a room" onClose={onClose}>
      <input aria-label="Name" />
    </Dialog>,
  );
  const field = screen.getByLabelText("Name");
  const beside = screen.getByRole("dialog");

  await userEvent.pointer([
    { keys: "[MouseLeft>]", target: field },
    { target: beside },
    { keys: "[/MouseLeft]" },
  ]);
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.pointer([{ keys: "[MouseLeft]", target: beside }]);

  expect(onClose).toHaveBeenCalledOnce();
});

it("gives the focus back to what opened it", () => {
  const opener = createRef<HTMLButtonElement>();
  const content = (isOpen: boolean) => (
    <>
      <button type="button" ref={opener}>
        Room menu
      </button>
      {isOpen ? (
        <Dialog title="Leave?" onClose={() => {}} opener={opener}>
          <button type="button" data-autofocus>
            Cancel
          </button>
        </Dialog>
      ) : null}
    </>
  );
  const { rerender } = render(content(true));

  rerender(content(false));

  expect(opener.current).toHaveFocus();
});

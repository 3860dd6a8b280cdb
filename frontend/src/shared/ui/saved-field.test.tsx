import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { SavedField } from "./saved-field";

function Topic({ save }: { save: (value: string) => Promise<void> }) {
  const [topic, setTopic] = useState("old");
  const onSave = async (value: string) => {
    await save(value);
    setTopic(value);
  };
  return (
    <SavedField
      label="Topic"
      value={topic}
      check={(value) => (value === "" ? "Enter a topic" : null)}
      onSave={onSave}
    />
  );
}

const type = async (text: string) => {
  const box = screen.getByLabelText("Topic");
  await userEvent.clear(box);
  if (text) await userEvent.type(box, text);
  return box;
};

it("saves what was typed on Enter, says so, and takes it back", async () => {
  const save = vi.fn(async () => {});
  render(<Topic save={save} />);

  await type(" new {Enter}");

  expect(await screen.findByText("Saved")).toBeInTheDocument();
  expect(save).toHaveBeenLastCalledWith("new");
  await userEvent.click(screen.getByRole("button", { name: /Undo/ }));
  expect(save).toHaveBeenLastCalledWith("old");
  expect(screen.getByLabelText("Topic")).toHaveValue("old");
});

it("keeps what was typed when saving fails, and says why", async () => {
  render(<Topic save={() => Promise.reject(new Error("offline"))} />);

  const box = await type("new{Enter}");

  expect(await screen.findByRole("alert")).toHaveTextContent("Can’t reach the server");
  expect(box).toHaveValue("new");
});

it("sends nothing that is wrong, and nothing on Esc", async () => {
  const save = vi.fn(async () => {});
  render(<Topic save={save} />);

  await type("{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("Enter a topic");
  const box = await type("half a thou{Escape}");

  expect(box).toHaveValue("old");
  expect(save).not.toHaveBeenCalled();
});

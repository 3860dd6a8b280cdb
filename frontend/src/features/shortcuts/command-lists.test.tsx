import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { setOwnKeys } from "@/entities/preferences/own-keys";
import { keysOf } from "@/entities/shortcuts/bindings";
import { COMMAND_IDS } from "@/entities/shortcuts/commands";
import { CommandLists } from "./command-lists";

afterEach(() => setOwnKeys(Object.fromEntries(COMMAND_IDS.map((id) => [id, undefined]))));

const rowOf = (does: string) => {
  const row = screen.getByText(does, { selector: "div > span" }).closest("li");
  if (!row) throw new Error(`no row for ${does}`);
  return within(row);
};
const change = (does: string) => screen.getByRole("button", { name: `Change keys of ${does}` });

it("takes the keys that are pressed, says so, and takes them back", async () => {
  const user = userEvent.setup();
  render(<CommandLists />);

  await user.click(change("Bold"));
  expect(change("Bold")).toHaveAttribute("aria-pressed", "true");
  expect(rowOf("Bold").getByRole("status")).toHaveTextContent("Press the new keys");
  await user.keyboard("{Control>}g{/Control}");

  expect(keysOf("bold")).toEqual(["Mod+G"]);
  expect(rowOf("Bold").getByRole("status")).toHaveTextContent("Saved");
  expect(change("Bold")).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Undo Bold" }));
  expect(keysOf("bold")).toEqual(["Mod+B"]);
  expect(change("Bold")).toHaveFocus();
});

it("Esc leaves the keys as they are, Backspace takes them away, Tab goes on", async () => {
  const user = userEvent.setup();
  render(<CommandLists />);

  await user.click(change("Bold"));
  await user.keyboard("{Escape}");
  expect(change("Bold")).toHaveAttribute("aria-pressed", "false");
  expect(keysOf("bold")).toEqual(["Mod+B"]);
  await user.keyboard("{Enter}{Tab}");
  expect(change("Bold")).not.toHaveFocus();
  expect(keysOf("bold")).toEqual(["Mod+B"]);

  await user.click(change("Italic"));
  await user.keyboard("{Backspace}");
  expect(keysOf("italic")).toEqual([]);
  expect(rowOf("Italic").getByText("no keys")).toBeVisible();
});

it("refuses keys with a reason, and waits for better ones", async () => {
  const user = userEvent.setup();
  render(<CommandLists />);

  await user.click(change("Bold"));
  await user.keyboard("g");
  expect(rowOf("Bold").getByRole("status")).toHaveTextContent("This key types text");
  await user.keyboard("{Alt>}g{/Alt}");

  expect(keysOf("bold")).toEqual(["Alt+G"]);
});

it("names the command that has the keys, and takes them from it only when asked to", async () => {
  const user = userEvent.setup();
  render(<CommandLists />);

  await user.click(change("Bold"));
  await user.keyboard("{Control>}k{/Control}");
  expect(rowOf("Bold").getByRole("status")).toHaveTextContent("Ctrl+K belongs to “Jump to a room");
  expect(keysOf("bold")).toEqual(["Mod+B"]);
  await user.click(screen.getByRole("button", { name: "Take them Bold" }));
  expect([keysOf("bold"), keysOf("jump")]).toEqual([["Mod+K"], []]);
  await user.click(screen.getByRole("button", { name: "Undo Bold" }));

  expect([keysOf("bold"), keysOf("jump")]).toEqual([["Mod+B"], ["Mod+K"]]);
});

it("resets one, which may need its keys back from another, or all", async () => {
  const user = userEvent.setup();
  setOwnKeys({ bold: ["Mod+K"], jump: ["Mod+J"], italic: ["Alt+I"] });
  render(<CommandLists />);

  await user.click(screen.getByRole("button", { name: /Reset keys of Jump/ }));
  expect(keysOf("jump")).toEqual(["Mod+J"]);
  await user.click(screen.getByRole("button", { name: /Take them Jump/ }));
  expect([keysOf("jump"), keysOf("bold")]).toEqual([["Mod+K"], []]);
  expect(screen.queryByRole("button", { name: /Reset keys of Jump/ })).toBeNull();

  await user.click(screen.getByRole("button", { name: "Reset all keys" }));
  expect([keysOf("bold"), keysOf("italic")]).toEqual([["Mod+B"], ["Mod+I"]]);
  expect(screen.getByRole("button", { name: "Reset all keys" })).toHaveAttribute("aria-disabled", "true");
  expect(screen.getByRole("button", { name: "Reset all keys" })).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Undo Reset all keys" }));
  expect([keysOf("bold"), keysOf("italic")]).toEqual([[], ["Alt+I"]]);
});

it("shows the keys of the platform as fixed", () => {
  render(<CommandLists />);

  expect(rowOf("Send").getByText("fixed")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Change keys of Send" })).toBeNull();
});

import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { CodeBlock } from "./code-block";

vi.mock("./highlighted-code", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

it("shows code plainly when the highlighter cannot be loaded", async () => {
  await act(async () => {
    render(<CodeBlock code="fn main() {}" language="rust" />);
    await import("./highlighted-code").catch(() => {});
  });

  expect(screen.getByRole("group", { name: "Rust code, 1 line" })).toHaveTextContent("fn main() {}");
});

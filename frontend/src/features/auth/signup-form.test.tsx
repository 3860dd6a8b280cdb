import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { SignupForm } from "./signup-form";

const refused = new ApiError({
  type: "about:blank",
  title: "Conflict",
  status: 409,
  detail: "That is taken.",
  code: "conflict",
  request_id: "r",
  errors: [
    { field: "email", code: "conflict", message: "This email is taken" },
    { field: "captcha", code: "invalid", message: "Solve the puzzle" },
  ],
});

it("puts the server's errors at their fields and the rest on top", async () => {
  render(<SignupForm onSubmit={() => Promise.reject(refused)} />);
  for (const label of ["First name", "Last name", "Username", "Email", "Password"]) {
    await userEvent.type(screen.getByLabelText(label), "x");
  }

  await userEvent.click(screen.getByRole("button", { name: "Create account" }));

  expect(await screen.findByText("This email is taken")).toBeInTheDocument();
  expect(screen.getByLabelText("Email")).toHaveAccessibleDescription("This email is taken");
  expect(screen.getByRole("alert")).toHaveTextContent("Solve the puzzle");
  expect(screen.getByLabelText("Email")).toHaveFocus();
});

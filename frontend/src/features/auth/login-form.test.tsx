import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { LoginForm } from "./login-form";

const wrong = new ApiError({
  type: "about:blank",
  title: "Unauthorized",
  status: 401,
  detail: "Wrong username or password.",
  code: "unauthenticated",
  request_id: "r",
});

it("asks for what is missing, at the field, and sends nothing", async () => {
  const submit = vi.fn();
  render(<LoginForm onSubmit={submit} />);

  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));

  expect(screen.getByLabelText("Email or username")).toHaveAccessibleDescription(
    "Enter your email or username",
  );
  expect(screen.getByLabelText("Email or username")).toHaveFocus();
  expect(submit).not.toHaveBeenCalled();
});

it("shows the server's words and keeps what was typed", async () => {
  render(<LoginForm onSubmit={() => Promise.reject(wrong)} />);
  await userEvent.type(screen.getByLabelText("Email or username"), "ada");
  await userEvent.type(screen.getByLabelText("Password"), "not-it-at-all");

  await userEvent.keyboard("{Enter}");

  expect(await screen.findByText("Wrong username or password.")).toBeInTheDocument();
  expect(screen.getByLabelText("Email or username")).toHaveValue("ada");
});

it("hands over login and password", async () => {
  const submit = vi.fn(() => Promise.resolve());
  render(<LoginForm onSubmit={submit} />);
  await userEvent.type(screen.getByLabelText("Email or username"), " ada ");
  await userEvent.type(screen.getByLabelText("Password"), " spaces count ");

  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));

  expect(submit).toHaveBeenCalledWith({ login: "ada", password: " spaces count " });
});

it("asks for a code once the server wants one, with what was typed still there", async () => {
  const needed = new ApiError({ ...wrong.problem, code: "second_factor_required" });
  const submit = vi.fn<(credentials: { code?: string }) => Promise<void>>(({ code }) =>
    code ? Promise.resolve() : Promise.reject(needed),
  );
  render(<LoginForm onSubmit={submit} />);
  expect(screen.queryByLabelText("Code of your authenticator app")).toBeNull();
  await userEvent.type(screen.getByLabelText("Email or username"), "ada");
  await userEvent.type(screen.getByLabelText("Password"), "a-long-password");

  await userEvent.keyboard("{Enter}");

  const code = await screen.findByLabelText("Code of your authenticator app");
  expect(code).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(code).toHaveAccessibleDescription("Enter the code that the app shows");
  await userEvent.type(code, " 287082 {Enter}");
  expect(submit).toHaveBeenLastCalledWith({ login: "ada", password: "a-long-password", code: "287082" });
});

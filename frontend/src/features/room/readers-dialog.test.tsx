import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { queryClient } from "@/shared/api/query-client";
import { ada, linus, message, room } from "@/test/factories";
import ReadersDialog from "./readers-dialog";

const asked = vi.fn<(request: Request) => Promise<Response>>();

function opens(memberCount: number) {
  vi.stubGlobal("fetch", asked);
  render(
    <QueryClientProvider client={queryClient}>
      <ReadersDialog message={message(7)} room={room({ member_count: memberCount })} onClose={() => {}} />
    </QueryClientProvider>,
  );
}

const page = (items: object[], next_cursor: string | null = null) => Response.json({ items, next_cursor });
const refused = () => Response.json({ status: 403, code: "forbidden", detail: "" }, { status: 403 });
const names = () => screen.queryAllByRole("listitem").map((row) => row.textContent);

afterEach(() => {
  queryClient.clear();
  asked.mockReset();
  vi.unstubAllGlobals();
});

it("says how many of the others have read the message, and who", async () => {
  asked.mockResolvedValue(page([ada]));

  opens(9);

  expect(await screen.findByText("Read by 1 of 8")).toBeInTheDocument();
  expect(names()).toEqual(["ALAda Lovelace@ada"]);
  const { pathname } = new URL(asked.mock.calls[0]?.[0].url ?? "");
  expect(pathname).toBe(`/api/v1/rooms/${room().id}/messages/${message(7).id}/readers`);
});

it("says that nobody has read it yet", async () => {
  asked.mockResolvedValue(page([]));

  opens(9);

  expect(await screen.findByText("Nobody has read this yet.")).toBeInTheDocument();
  expect(screen.queryByRole("list")).toBeNull();
});

it("counts no more readers than there could be when the author has left", async () => {
  asked.mockResolvedValue(page([ada, linus]));

  opens(2);

  expect(await screen.findByText("Read by 2 of 2")).toBeInTheDocument();
});

it("has more to show than it counted, until all of them are there", async () => {
  asked.mockResolvedValueOnce(page([ada], "next")).mockResolvedValueOnce(page([linus]));

  opens(9);
  await screen.findByText("Read by more than 1 of 8");
  await userEvent.click(screen.getByRole("button", { name: "Show more" }));

  expect(await screen.findByText("Read by 2 of 8")).toBeInTheDocument();
  expect(names()).toHaveLength(2);
  expect(new URL(asked.mock.calls[1]?.[0].url ?? "").searchParams.get("cursor")).toBe("next");
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

it("asks again on Retry, for what was missing only", async () => {
  asked.mockResolvedValueOnce(refused());
  asked.mockResolvedValueOnce(page([ada], "next")).mockResolvedValueOnce(refused());
  asked.mockResolvedValueOnce(page([linus]));

  opens(9);
  expect(await screen.findByRole("alert")).toHaveTextContent("Could not load who read it.");
  expect(screen.queryByText(/Nobody/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
  await screen.findByRole("alert");
  expect(names()).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));

  expect(await screen.findByText("Read by 2 of 8")).toBeInTheDocument();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(asked).toHaveBeenCalledTimes(4);
});

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { awaitComposer } from "@/entities/composing/composing-store";
import { readDraft, writeDraft } from "@/entities/drafts/drafts";
import { enqueue } from "@/entities/outbox/outbox";
import { setPreference } from "@/entities/preferences/preferences";
import { forgetHold, holdReading, isReadingHeld } from "@/entities/read-state/reading-hold";
import { ada, linus, room } from "@/test/factories";
import { Composer } from "./composer";

vi.mock("@/entities/outbox/outbox", () => ({ enqueue: vi.fn(() => Promise.resolve("c1")) }));

const key = `${ada.id}:${room().id}`;
const box = () => screen.getByRole("textbox", { name: "Message #release-train" });

function open() {
  show(<Composer room={room()} userId={ada.id} />);
}

const show = (composer: ReactNode) =>
  render(<QueryClientProvider client={new QueryClient()}>{composer}</QueryClientProvider>);

beforeEach(async () => {
  vi.mocked(enqueue).mockClear().mockResolvedValue("c1");
  await writeDraft(key, "");
});

afterEach(() => {
  setPreference("enterSends", "on");
  forgetHold();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("sends on Enter and makes a line on Shift+Enter", async () => {
  open();

  await userEvent.type(box(), "one{Shift>}{Enter}{/Shift}two{Enter}");

  expect(enqueue).toHaveBeenCalledWith(room().id, "one\ntwo");
  expect(box()).toHaveValue("");
});

it("makes a line on Enter inside an open code fence, where Ctrl+Enter sends", async () => {
  open();

  await userEvent.type(box(), "```rust{Enter}let x = 1;");
  expect(enqueue).not.toHaveBeenCalled();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");

  expect(enqueue).toHaveBeenCalledWith(room().id, "```rust\nlet x = 1;");
});

it("makes a line on Enter where one likes it so, and sends on Ctrl+Enter", async () => {
  setPreference("enterSends", "off");
  open();

  await userEvent.type(box(), "one{Enter}two{Control>}{Enter}{/Control}");

  expect(enqueue).toHaveBeenCalledExactlyOnceWith(room().id, "one\ntwo");
});

it("sends nothing that is empty or too long", async () => {
  open();

  await userEvent.type(box(), "   {Enter}");
  await userEvent.click(box());
  await userEvent.paste("ü".repeat(8_200));
  await userEvent.keyboard("{Enter}");

  expect(enqueue).not.toHaveBeenCalled();
  expect(screen.getByText(/too long to send/)).toBeInTheDocument();
});

it("lets reading go on where something was marked unread, once the message is safe", async () => {
  holdReading({ roomId: room().id, after: 5 });
  vi.mocked(enqueue).mockRejectedValueOnce(new Error("disk full"));
  open();

  await userEvent.type(box(), "caught up{Enter}");
  await vi.waitFor(() => expect(box()).toHaveValue("caught up"));
  expect(isReadingHeld(room().id)).toBe(true);
  await userEvent.type(box(), "{Enter}");

  await vi.waitFor(() => expect(isReadingHeld(room().id)).toBe(false));
});

it("takes the focus, behind its draft, when its room was created or joined", async () => {
  await writeDraft(key, "from yesterday");

  awaitComposer(room().id);
  open();
  await userEvent.keyboard(", and on");

  expect(box()).toHaveValue("from yesterday, and on");
});

it("leaves the focus where it is when its room is only opened", () => {
  open();

  expect(box()).not.toHaveFocus();
});

it("gives the text back when it could not be kept", async () => {
  vi.mocked(enqueue).mockRejectedValue(new Error("disk full"));
  open();

  await userEvent.type(box(), "precious{Enter}");

  await vi.waitFor(() => expect(box()).toHaveValue("precious"));
});

it("keeps what was typed for the next visit", async () => {
  open();
  await userEvent.type(box(), "half typed");

  cleanup();

  await vi.waitFor(async () => expect(await readDraft(key)).toBe("half typed"));
});

it("brings a draft back without touching what is typed meanwhile", async () => {
  await writeDraft(key, "from yesterday");

  open();

  expect(box()).toHaveValue("from yesterday");
});

it("finds people of a large room whom it has not loaded, and asks once they pause", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    const query = new URL(url).searchParams.get("query");
    if (query === null) return members([linus], "more");
    asked.push(query);
    return members([ada], null);
  });
  open();

  await userEvent.type(box(), "ask @");
  await screen.findByRole("option", { name: /Linus Torvalds/ });
  await userEvent.type(box(), "love");

  expect(await screen.findByRole("option", { name: /Ada Lovelace/ })).toBeInTheDocument();
  expect(asked).toEqual(["love"]);
});

it("asks for nobody where it has everybody of the room", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const asked = vi.fn(async (_request: Request) => members([linus], null));
  vi.stubGlobal("fetch", asked);
  open();

  await userEvent.type(box(), "ask @lin");
  await screen.findByRole("option", { name: /Linus Torvalds/ });
  await vi.advanceTimersByTimeAsync(1_000);

  expect(asked).toHaveBeenCalledOnce();
});

describe("the code of an emoji, typed to its end,", () => {
  beforeEach(() => {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ tada: "🎉" })));
  });

  it("becomes the emoji", async () => {
    open();

    await userEvent.type(box(), "done :tada:");

    await vi.waitFor(() => expect(box()).toHaveValue("done 🎉"));
  });

  it.each([
    [":nobody-knows:", ":nobody-knows:"],
    [":constructor:", ":constructor:"],
    ["`:tada:", "`:tada:"],
    ["```{Enter}:tada:", "```\n:tada:"],
  ])("stays text in %s", async (typed, body) => {
    open();

    await userEvent.type(box(), `${typed}{Control>}{Enter}{/Control}`);

    expect(enqueue).toHaveBeenCalledExactlyOnceWith(room().id, body);
  });
});

const members = (users: object[], next_cursor: string | null) =>
  new Response(JSON.stringify({ items: users.map((user) => ({ user, role: "member" })), next_cursor }), {
    headers: { "content-type": "application/json" },
  });

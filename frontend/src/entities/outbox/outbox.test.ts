import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clearDatabase, type StoredSend } from "@/shared/lib/database";
import { ada, ROOM_ID } from "@/test/factories";
import { closeOutbox, discardSend, enqueue, flushOutbox, openOutbox, retrySend } from "./outbox";
import { listSends } from "./outbox-rows";
import { allItems } from "./outbox-store";
import { SendRefused } from "./send-failure";

const OTHER_ROOM = `${ROOM_ID.slice(0, -1)}9`;
const transport = vi.fn<(send: StoredSend) => Promise<{ seq: number } | null>>();
const stored = () => listSends(ada.id);
const states = () => allItems().map(({ body, state }) => `${body}: ${state}`);
/** The drain has seen that nothing is left: a read of its own is through after the drain's. */
const flushed = () => stored();
const settled = () =>
  vi.waitFor(() => expect(allItems().every(({ state }) => state !== "sending")).toBe(true));

beforeEach(async () => {
  await clearDatabase();
  let seq = 0;
  transport.mockReset().mockImplementation(async () => ({ seq: ++seq }));
  await openOutbox(ada.id, transport);
});

afterEach(async () => {
  await flushOutbox();
  closeOutbox();
});

describe("the outbox", () => {
  it("writes a message down before it shows it", async () => {
    transport.mockRejectedValue(new Error("not connected"));

    await enqueue(ROOM_ID, "hello");

    expect(await stored()).toMatchObject([{ body: "hello", state: "queued" }]);
    expect(allItems()).toMatchObject([{ body: "hello" }]);
  });

  it("forgets a message only when it is acknowledged, and then knows its seq", async () => {
    await enqueue(ROOM_ID, "hello");
    await flushOutbox();

    expect(await stored()).toEqual([]);
    expect(allItems()).toMatchObject([{ state: "sent", seq: 1 }]);
  });

  it("sends in order, one after the other, and repeats under the same client_id", async () => {
    transport.mockRejectedValueOnce(new Error("connection ended"));
    await enqueue(ROOM_ID, "one");
    await flushOutbox();
    await enqueue(ROOM_ID, "two");
    await flushOutbox();

    const sent = transport.mock.calls.map(([send]) => send);
    expect(sent.map(({ body }) => body)).toEqual(["one", "one", "two"]);
    expect(sent[0]?.client_id).toBe(sent[1]?.client_id);
  });

  it("keeps what could not be sent over a reload", async () => {
    transport.mockRejectedValue(new Error("not connected"));
    await enqueue(ROOM_ID, "typed on a plane");
    await flushOutbox();
    closeOutbox();
    transport.mockResolvedValue({ seq: 1 });

    await openOutbox(ada.id, transport);
    await flushOutbox();

    expect(states()).toEqual(["typed on a plane: sent"]);
  });

  it("runs again for a wake-up during a flush", async () => {
    let acknowledge = (_ack: { seq: number }) => {};
    const slow = new Promise<{ seq: number }>((resolve) => {
      acknowledge = resolve;
    });
    transport.mockReturnValueOnce(slow);
    await enqueue(ROOM_ID, "slow");
    await enqueue(OTHER_ROOM, "meanwhile");

    acknowledge({ seq: 1 });
    await vi.waitFor(() => expect(states()).toEqual(["slow: sent", "meanwhile: sent"]));
  });

  it("runs again for a wake-up while the lock is being let go", async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const request = async (_name: string, task: () => Promise<void>) => {
      await task();
      await held;
    };
    vi.stubGlobal("navigator", { locks: { request } });
    await enqueue(ROOM_ID, "one");
    await vi.waitFor(async () => expect(await stored()).toEqual([]));
    await flushed();

    await enqueue(ROOM_ID, "two");
    letGo();

    await vi.waitFor(() => expect(states()).toEqual(["one: sent", "two: sent"]));
    vi.unstubAllGlobals();
  });

  it("waits as long as the server asks, then sends the same again", async () => {
    transport.mockRejectedValueOnce(new SendRefused("rate_limited", "slow down", 5));

    await enqueue(ROOM_ID, "one");
    await flushOutbox();

    expect(transport).toHaveBeenCalledTimes(2);
    expect(states()).toEqual(["one: sent"]);
  });

  it("marks a refused message as failed and goes on with the next", async () => {
    transport.mockRejectedValueOnce(new SendRefused("forbidden", "Only admins can write here.", null));

    await enqueue(ROOM_ID, "refused");
    await enqueue(ROOM_ID, "next");
    await flushOutbox();

    expect(allItems()).toMatchObject([
      { state: "failed", error: "Only admins can write here." },
      { state: "sent" },
    ]);
    expect(await stored()).toMatchObject([{ body: "refused", state: "failed" }]);
  });

  it("sends a failed message again when asked, and lets go of it when told", async () => {
    transport.mockRejectedValueOnce(new SendRefused("forbidden", "no", null));
    transport.mockRejectedValueOnce(new SendRefused("forbidden", "no", null));
    await enqueue(ROOM_ID, "again");
    await enqueue(ROOM_ID, "away");
    await flushOutbox();
    const [again, away] = allItems();

    await retrySend(again?.client_id ?? "");
    await discardSend(away?.client_id ?? "");
    await flushOutbox();
    await settled();

    expect(states()).toEqual(["again: sent"]);
    expect(await stored()).toEqual([]);
  });

  it("keeps a deletion that may be taken back over a reload, and holds nothing up for it", async () => {
    const change = { kind: "delete", message_id: "m1" } as const;
    const id = await enqueue(ROOM_ID, "", { change, not_before: Date.now() + 60_000 });
    await enqueue(ROOM_ID, "after it");
    await flushOutbox();
    closeOutbox();
    await openOutbox(ada.id, transport);
    await flushOutbox();

    expect(transport.mock.calls.map(([send]) => send.body)).toEqual(["after it"]);
    expect(allItems()).toMatchObject([{ change }]);
    await discardSend(id);
    expect(await stored()).toEqual([]);
  });

  it("lets go of a change once it is seen, and sends it in its place among the messages", async () => {
    const change = { kind: "react", message_id: "m1", emoji: "🚀", is_on: true } as const;
    transport.mockImplementation(async (send) => (send.change ? null : { seq: 1 }));

    await enqueue(ROOM_ID, "one");
    await enqueue(ROOM_ID, "", { change });
    await flushOutbox();

    expect(transport.mock.calls.map(([send]) => send.change?.kind ?? "send")).toEqual(["send", "react"]);
    expect(states()).toEqual(["one: sent"]);
  });

  it("never sends another person's messages", async () => {
    transport.mockRejectedValue(new Error("not connected"));
    await enqueue(ROOM_ID, "ada's");
    await flushOutbox();
    closeOutbox();

    await openOutbox("somebody-else", transport.mockReset().mockResolvedValue({ seq: 1 }));
    await flushOutbox();

    expect(transport).not.toHaveBeenCalled();
    expect(allItems()).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeWebSocket } from "@/test/fake-web-socket";
import { Disconnected, Refused } from "./request-table";
import { ChatSocket, type ConnectionStatus, type SocketDeps } from "./socket";

function connect(over: Partial<SocketDeps> = {}) {
  const statuses: ConnectionStatus[] = [];
  let token: string | null = "t1";
  const deps = {
    url: "ws://host/api/v1/ws",
    token: () => token,
    refresh: vi.fn(async () => {
      token = "t2";
      return "refreshed" as const;
    }),
    onWelcome: vi.fn(),
    onFrame: vi.fn(),
    onStatus: (status: ConnectionStatus) => void statuses.push(status),
    WebSocket: FakeWebSocket as unknown as typeof WebSocket,
    random: () => 1,
    ...over,
  };
  const socket = new ChatSocket(deps);
  socket.start();
  return { socket, deps, statuses, state: () => statuses.at(-1)?.state };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeWebSocket.opened = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe("connecting", () => {
  it("says hello with the token in the first frame, and is live after the welcome", () => {
    const { state, deps } = connect();

    FakeWebSocket.last.welcomes();

    expect(FakeWebSocket.last.protocol).toBe("devschat.v1");
    expect(FakeWebSocket.last.sent[0]).toEqual({ type: "hello", token: "t1", client: "web" });
    expect(deps.onWelcome).toHaveBeenCalledOnce();
    expect(state()).toBe("live");
  });

  it("sends nothing but hello before the welcome", () => {
    const { socket } = connect();

    FakeWebSocket.last.opens();
    const hasLeft = socket.send({ type: "subscribe", id: 1, rooms: [] });

    expect(hasLeft).toBe(false);
    expect(FakeWebSocket.last.sent).toHaveLength(1);
  });

  it("gives up an attempt that gets no welcome in 10 s", () => {
    const { state } = connect();
    FakeWebSocket.last.opens();

    vi.advanceTimersByTime(10_000);

    expect(state()).toBe("waiting");
  });
});

describe("reconnecting", () => {
  it("backs off longer after each failure, up to 30 s", () => {
    connect();

    const waits = Array.from({ length: 9 }, () => {
      const before = FakeWebSocket.opened.length;
      FakeWebSocket.last.closesWith(1006);
      let waited = 0;
      while (FakeWebSocket.opened.length === before) {
        vi.advanceTimersByTime(250);
        waited += 250;
      }
      return waited;
    });

    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it("does not hammer a server that welcomes and hangs up", () => {
    connect();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      FakeWebSocket.last.welcomes();
      FakeWebSocket.last.closesWith(1006);
      vi.advanceTimersByTime(250 * 2 ** attempt);
    }

    expect(FakeWebSocket.opened).toHaveLength(5);
  });

  it("waits as long as a bye asks, and a wake-up does not shorten that", () => {
    const { socket } = connect();
    FakeWebSocket.last.welcomes();
    FakeWebSocket.last.hears({ type: "bye", code: 1012, retry_after_ms: 8_000 });
    FakeWebSocket.last.closesWith(1012);

    socket.wake();
    vi.advanceTimersByTime(7_999);
    expect(FakeWebSocket.opened).toHaveLength(1);
    vi.advanceTimersByTime(1);

    expect(FakeWebSocket.opened).toHaveLength(2);
  });

  it("tries at once when somebody is back", () => {
    const { socket } = connect();
    for (const wait of [250, 500, 1_000]) {
      FakeWebSocket.last.closesWith(1006);
      vi.advanceTimersByTime(wait);
    }
    FakeWebSocket.last.closesWith(1006);

    socket.wake();

    expect(FakeWebSocket.opened).toHaveLength(5);
  });

  it("stays away while the browser is offline", () => {
    const { socket, state } = connect();
    FakeWebSocket.last.welcomes();

    socket.goOffline();
    vi.advanceTimersByTime(29_000);

    expect(state()).toBe("offline");
    expect(FakeWebSocket.opened).toHaveLength(1);
  });
});

describe("close codes", () => {
  it.each([
    [4403, "disabled"],
    [4409, "elsewhere"],
    [4001, "outdated"],
    [4000, "broken"],
  ])("%i stops in the state %s", (code, expected) => {
    const { state } = connect();
    FakeWebSocket.last.welcomes();

    FakeWebSocket.last.closesWith(code);
    vi.advanceTimersByTime(120_000);

    expect(state()).toBe(expected);
    expect(FakeWebSocket.opened).toHaveLength(1);
  });

  it("4401 renews the token and connects with it", async () => {
    const { deps } = connect();
    FakeWebSocket.last.welcomes();

    FakeWebSocket.last.closesWith(4401);
    await vi.advanceTimersByTimeAsync(0);
    FakeWebSocket.last.opens();

    expect(deps.refresh).toHaveBeenCalledOnce();
    expect(FakeWebSocket.last.sent[0]).toMatchObject({ type: "hello", token: "t2" });
  });

  it.each(["signed_out", "disabled"] as const)("4401 with a refused refresh means %s", async (why) => {
    const { state } = connect({ refresh: async () => why });
    FakeWebSocket.last.welcomes();

    FakeWebSocket.last.closesWith(4401);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(state()).toBe(why);
    expect(FakeWebSocket.opened).toHaveLength(1);
  });
});

describe("a living socket", () => {
  it("pings at the server's rhythm and reconnects after 35 s of silence", () => {
    const { state } = connect();
    FakeWebSocket.last.welcomes();

    vi.advanceTimersByTime(25_000);
    expect(FakeWebSocket.last.sentOf("ping")).toEqual([{ type: "ping", n: 1 }]);
    vi.advanceTimersByTime(10_000);
    expect(state()).toBe("live");
    vi.advanceTimersByTime(5_000);

    expect(state()).toBe("waiting");
  });

  it("hands in a fresh token when the old one is about to expire", async () => {
    connect();
    FakeWebSocket.last.welcomes();

    FakeWebSocket.last.hears({ type: "token_expiring", at: "2025-01-01T00:00:00Z" });
    await vi.advanceTimersByTimeAsync(0);

    expect(FakeWebSocket.last.sentOf("auth")).toMatchObject([{ token: "t2" }]);
  });

  it("answers a request with its ack, or refuses it with the error's frame", async () => {
    const { socket } = connect();
    FakeWebSocket.last.welcomes();
    const send = { type: "send", room_id: "r", client_id: "c", body: "hi" } as const;

    const accepted = socket.request(send);
    const refused = socket.request(send);
    FakeWebSocket.last.hears({ type: "error", id: 2, code: "rate_limited", detail: "slow down" });
    FakeWebSocket.last.hears({ type: "ack", id: 1, seq: 7 });

    await expect(accepted).resolves.toMatchObject({ seq: 7 });
    await expect(refused).rejects.toBeInstanceOf(Refused);
  });

  it("cuts off waiting requests when the connection ends: their outcome is unknown", async () => {
    const { socket } = connect();
    FakeWebSocket.last.welcomes();
    const waiting = socket.request({ type: "send", room_id: "r", client_id: "c", body: "hi" });

    FakeWebSocket.last.closesWith(1006);

    await expect(waiting).rejects.toBeInstanceOf(Disconnected);
  });
});

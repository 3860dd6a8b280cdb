/**
 * The one multiplexed socket: connecting, hello, renewing the token, reconnecting. It knows frames but nothing of
 * rooms: cursors and what events mean live in `entities/timeline` and are wired in `app/realtime`.
 *
 * Invariants:
 * - At most one WebSocket is open; handlers of an abandoned one do nothing.
 * - `onWelcome` runs before the state turns `live`, so subscriptions leave before anything that waits for `live`.
 * - Every wait has a deadline: welcome 10 s, request 15 s, silence 35 s.
 */
import { backoffMs, spreadMs } from "./backoff";
import { closeRule } from "./close-rules";
import { type ClientFrame, parseFrame, type ServerFrame, type Welcome } from "./frames";
import { Heartbeat } from "./heartbeat";
import { type Answer, Disconnected, RequestTable } from "./request-table";

export type ConnectionState =
  | "idle"
  | "connecting"
  | "live"
  | "waiting"
  | "offline"
  | "signed_out"
  | "disabled"
  | "elsewhere"
  | "outdated"
  | "broken";

/** `failures`: attempts in a row that never got a welcome. */
export interface ConnectionStatus {
  state: ConnectionState;
  failures: number;
}

export interface SocketDeps {
  url: string;
  token: () => string | null;
  /** Given the token that was handed in last. */
  refresh: (refused: string | null) => Promise<"refreshed" | "signed_out" | "disabled" | "unreachable">;
  onWelcome: (welcome: Welcome) => void;
  onFrame: (frame: ServerFrame) => void;
  onStatus: (status: ConnectionStatus) => void;
  WebSocket?: typeof WebSocket;
  random?: () => number;
}

type RequestFrame = Extract<ClientFrame, { type: "auth" | "send" }>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

const WELCOME_DEADLINE_MS = 10_000;
const OFFLINE_RETRY_MS = 30_000;
const DEFAULT_PAUSE_MS = 2_000;
const STEADY_MS = 5_000;
const OPEN = 1;

export class ChatSocket {
  private readonly deps: SocketDeps;
  private readonly requests = new RequestTable();
  private readonly heartbeat: Heartbeat;
  private ws: WebSocket | null = null;
  private handedIn: string | null = null;
  private status: ConnectionStatus = { state: "idle", failures: 0 };
  private isWelcomed = false;
  private attempt = 0;
  private liveSince = 0;
  private pings = 0;
  private pauseMs: number | null = null;
  private isPaused = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: SocketDeps) {
    this.deps = deps;
    this.heartbeat = new Heartbeat(
      () => this.send({ type: "ping", n: ++this.pings }),
      () => this.abandon("resume"),
    );
  }

  get isLive(): boolean {
    return this.status.state === "live";
  }

  start() {
    this.attempt = 0;
    this.open();
  }

  stop() {
    this.release(1000);
    this.setState("idle");
  }

  /** Somebody is here again (network back, tab shown): try now instead of waiting out the backoff. */
  wake() {
    const { state } = this.status;
    if (state === "live") return this.heartbeat.probe();
    if (state === "offline" || (state === "waiting" && !this.isPaused)) this.start();
  }

  /** The browser says the network is gone. It may be wrong, so a slow retry goes on. */
  goOffline() {
    if (!["connecting", "live", "waiting"].includes(this.status.state)) return;
    this.release();
    this.setState("offline");
    this.timer = setTimeout(() => this.open(), OFFLINE_RETRY_MS);
  }

  /** False when there is nobody to send to. Before the welcome that is so too: only `hello` may come earlier. */
  send(frame: ClientFrame): boolean {
    return this.isWelcomed && this.write(frame);
  }

  /** An id for a frame whose answers come through `onFrame` (`subscribe` has one per room). */
  nextId(): number {
    return this.requests.nextId();
  }

  /** Sends and waits for `ok` or `ack`. Throws `Refused` or `Disconnected`. */
  request(frame: WithoutId<RequestFrame>): Promise<Answer> {
    const id = this.requests.nextId();
    if (!this.isLive || !this.send({ ...frame, id })) {
      return Promise.reject(new Disconnected("not connected"));
    }
    return this.requests.wait(id);
  }

  private write(frame: ClientFrame): boolean {
    if (this.ws?.readyState !== OPEN) return false;
    this.ws.send(JSON.stringify(frame));
    return true;
  }

  private open() {
    this.release();
    this.setState("connecting");
    if (this.deps.token() === null) return void this.refreshThenOpen();
    const ws = new (this.deps.WebSocket ?? WebSocket)(this.deps.url, "devschat.v1");
    this.ws = ws;
    this.timer = setTimeout(() => this.abandon("resume"), WELCOME_DEADLINE_MS);
    ws.onopen = () => this.write({ type: "hello", token: this.tokenToHandIn(), client: "web" });
    ws.onmessage = (message) => this.receive(message.data);
    ws.onclose = (close) => this.abandon(closeRule(close.code));
  }

  private receive(text: unknown) {
    this.heartbeat.heard();
    const frame = parseFrame(text);
    if (!frame) return;
    switch (frame.type) {
      case "welcome":
        return this.welcome(frame);
      case "ok":
      case "ack":
        this.requests.settle(frame);
        return;
      case "error":
        if (!this.requests.settle(frame)) this.deps.onFrame(frame);
        return;
      case "bye":
        this.pauseMs = frame.retry_after_ms ?? DEFAULT_PAUSE_MS;
        return;
      case "token_expiring":
        return void this.renewToken();
      default:
        this.deps.onFrame(frame);
    }
  }

  private welcome(frame: Welcome) {
    clearTimeout(this.timer);
    this.isWelcomed = true;
    this.liveSince = Date.now();
    this.heartbeat.start(frame.heartbeat_ms);
    this.deps.onWelcome(frame);
    this.setState("live", 0);
  }

  /** Ends the present connection, whoever ended it, and follows the rule for what comes next. */
  private abandon(rule: ReturnType<typeof closeRule>) {
    const wasLive = this.status.state === "live";
    if (wasLive && Date.now() - this.liveSince > STEADY_MS) this.attempt = 0;
    const pauseMs = this.pauseMs;
    this.release();
    if (rule === "refresh") return void this.refreshThenOpen();
    if (rule !== "resume" && rule !== "pause") return this.setState(rule);
    const random = this.deps.random ?? Math.random;
    this.isPaused = rule === "pause" || pauseMs !== null;
    this.retryAfter(this.isPaused ? spreadMs(pauseMs ?? DEFAULT_PAUSE_MS, random) : this.nextBackoffMs());
  }

  private nextBackoffMs(): number {
    return backoffMs(this.attempt++, this.deps.random ?? Math.random);
  }

  private retryAfter(ms: number) {
    this.setState("waiting", this.status.failures + 1);
    this.timer = setTimeout(() => this.open(), ms);
  }

  private tokenToHandIn(): string {
    this.handedIn = this.deps.token();
    return this.handedIn ?? "";
  }

  private async refreshThenOpen() {
    this.setState("connecting");
    const outcome = await this.deps.refresh(this.handedIn);
    if (this.status.state !== "connecting" || this.ws) return;
    if (outcome === "signed_out" || outcome === "disabled") this.setState(outcome);
    else if (outcome === "refreshed" && this.attempt++ === 0) this.open();
    else this.retryAfter(this.nextBackoffMs());
  }

  private async renewToken() {
    const { ws } = this;
    const outcome = await this.deps.refresh(this.handedIn);
    if (this.ws !== ws) return; // stopped or reconnected meanwhile
    if (outcome === "signed_out" || outcome === "disabled") {
      this.release(1000);
      this.setState(outcome);
    } else if (outcome === "refreshed") {
      const token = this.tokenToHandIn();
      await this.request({ type: "auth", token }).catch(() => {}); // else 4401 follows, and that refreshes too
    }
  }

  private release(code?: number) {
    clearTimeout(this.timer);
    this.heartbeat.stop();
    this.pauseMs = null;
    this.isPaused = false;
    this.isWelcomed = false;
    const ws = this.ws;
    this.ws = null;
    if (ws) {
      ws.onopen = ws.onmessage = ws.onclose = null;
      ws.close(code);
    }
    this.requests.cutOff();
  }

  private setState(state: ConnectionState, failures = this.status.failures) {
    this.status = { state, failures };
    this.deps.onStatus(this.status);
  }
}

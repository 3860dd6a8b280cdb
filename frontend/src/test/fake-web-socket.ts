import type { ServerFrame } from "@/shared/realtime/frames";

/** A WebSocket whose other end is the test. */
export class FakeWebSocket {
  static opened: FakeWebSocket[] = [];
  readonly url: string;
  readonly protocol: string;
  readyState = 0;
  sent: { type: string; [field: string]: unknown }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;

  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
    FakeWebSocket.opened.push(this);
  }

  static get last(): FakeWebSocket {
    const socket = FakeWebSocket.opened.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  send(text: string) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  opens() {
    this.readyState = 1;
    this.onopen?.();
  }

  hears(frame: Partial<ServerFrame>) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  welcomes() {
    this.opens();
    this.hears({ type: "welcome", epoch: "e1", heartbeat_ms: 25_000, rooms: [] });
  }

  closesWith(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  sentOf(type: string) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

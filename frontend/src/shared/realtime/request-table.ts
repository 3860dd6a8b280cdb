/**
 * Requests on the socket that wait for their answer (`ok`, `ack` or `error` with the same id).
 *
 * Every request ends: answered, refused, past its deadline, or cut off when the connection ends.
 */
import type { FrameOf } from "./frames";

export type Answer = FrameOf<"ok"> | FrameOf<"ack">;

/** The outcome is unknown: the connection ended or the answer is late. Safe to repeat with the same `client_id`. */
export class Disconnected extends Error {
  override name = "Disconnected";
}

/** The server refused this one request; the socket stays open. */
export class Refused extends Error {
  readonly frame: FrameOf<"error">;

  constructor(frame: FrameOf<"error">) {
    super(frame.detail);
    this.name = "Refused";
    this.frame = frame;
  }
}

const DEADLINE_MS = 15_000;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (reason: Error) => void;
  deadline: ReturnType<typeof setTimeout>;
}

export class RequestTable {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  wait(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(
        () => this.take(id)?.reject(new Disconnected("no answer in time")),
        DEADLINE_MS,
      );
      this.waiting.set(id, { resolve, reject, deadline });
    });
  }

  /** True when somebody waited for this frame. */
  settle(frame: Answer | FrameOf<"error">): boolean {
    const request = this.take(Number(frame.id));
    if (!request) return false;
    if (frame.type === "error") request.reject(new Refused(frame));
    else request.resolve(frame);
    return true;
  }

  cutOff() {
    for (const id of [...this.waiting.keys()]) this.take(id)?.reject(new Disconnected("connection ended"));
  }

  private take(id: number): Waiting | undefined {
    const request = this.waiting.get(id);
    if (request) clearTimeout(request.deadline);
    this.waiting.delete(id);
    return request;
  }
}

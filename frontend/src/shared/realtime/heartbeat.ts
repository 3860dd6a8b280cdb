/**
 * Notices a dead connection. Sends a ping every `heartbeat_ms`; hears nothing for 35 s → dead.
 *
 * A timer that itself comes late (laptop asleep, tab throttled) proves nothing about the server, so then,
 * and when somebody comes back to the tab, it asks first and allows 5 s for any frame.
 */
const SILENCE_MS = 35_000;
const CHECK_MS = 5_000;
const PROBE_MS = 5_000;

export class Heartbeat {
  private readonly ping: () => void;
  private readonly onDead: () => void;
  private lastHeard = Date.now();
  private lastCheck = Date.now();
  private probedAt: number | null = null;
  private timers: ReturnType<typeof setInterval>[] = [];

  constructor(ping: () => void, onDead: () => void) {
    this.ping = ping;
    this.onDead = onDead;
  }

  start(heartbeatMs: number) {
    this.stop();
    this.heard();
    this.lastCheck = Date.now();
    this.timers = [setInterval(this.ping, heartbeatMs), setInterval(() => this.check(), CHECK_MS)];
  }

  stop() {
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
    this.probedAt = null;
  }

  heard() {
    this.lastHeard = Date.now();
    this.probedAt = null;
  }

  /** Asks for a sign of life unless there was one just now. */
  probe() {
    if (this.probedAt !== null || Date.now() - this.lastHeard < PROBE_MS) return;
    const probedAt = Date.now();
    this.probedAt = probedAt;
    this.ping();
    const timer = setTimeout(() => {
      if (this.probedAt === probedAt) this.onDead();
    }, PROBE_MS);
    this.timers.push(timer);
  }

  private check() {
    const now = Date.now();
    const cameLate = now - this.lastCheck > 3 * CHECK_MS;
    this.lastCheck = now;
    if (now - this.lastHeard <= SILENCE_MS) return;
    if (cameLate) this.probe();
    else if (this.probedAt === null) this.onDead();
  }
}

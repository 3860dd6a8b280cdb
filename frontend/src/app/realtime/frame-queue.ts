/**
 * Collects frames and hands them over once per animation frame, so that a burst costs one store update.
 * Hidden tabs have no animation frames; a timer stands in.
 */
import type { ServerFrame } from "@/shared/realtime/frames";

const HIDDEN_DELAY_MS = 200;

export class FrameQueue {
  private readonly apply: (frames: ServerFrame[]) => void;
  private frames: ServerFrame[] = [];
  private animationFrame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(apply: (frames: ServerFrame[]) => void) {
    this.apply = apply;
  }

  push(frame: ServerFrame) {
    this.frames.push(frame);
    if (this.timer !== undefined) return;
    this.animationFrame = requestAnimationFrame(this.flush);
    this.timer = setTimeout(this.flush, HIDDEN_DELAY_MS);
  }

  flush = () => {
    const frames = this.frames;
    this.clear();
    if (frames.length > 0) this.apply(frames);
  };

  /** What waits belongs to a session that is over. */
  clear() {
    cancelAnimationFrame(this.animationFrame);
    clearTimeout(this.timer);
    this.timer = undefined;
    this.frames = [];
  }
}

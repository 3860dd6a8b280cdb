/**
 * How far back one looks. The server keeps no history, so all there is was collected since the page was opened; the
 * longer the span, the farther apart its moments are, so that there are never many.
 *
 * A moment is made of two readings and of nothing between them: whatever lies between, rates and quantiles are those
 * of the whole time from one to the other, not an average of averages.
 */
import { type Moment, momentOf } from "./charts";
import type { Reading } from "./rates";

export interface Span {
  label: string;
  seconds: number;
  everySeconds: number;
}

export const SPANS: readonly Span[] = [
  { label: "5 minutes", seconds: 300, everySeconds: 2 },
  { label: "1 hour", seconds: 3_600, everySeconds: 15 },
  { label: "24 hours", seconds: 86_400, everySeconds: 300 },
];

/** Readings come a little early or late. */
const TOLERANCE_SECONDS = 1;

/** What is remembered for one span. */
export interface Track {
  /** The last moment's reading, which the next one counts from. */
  before: Reading | null;
  kept: readonly Moment[];
  /** Those, and what has happened since. */
  shown: readonly Moment[];
}

export const emptyTrack: Track = { before: null, kept: [], shown: [] };

export function withReading({ before, kept }: Track, now: Reading, span: Span): Track {
  const moment = momentOf(before, now);
  const from = now.at - span.seconds;
  const past = kept.filter(({ at }) => at > from && at < now.at);
  const shown = [...past, moment];
  const elapsed = before ? now.at - before.at : Number.POSITIVE_INFINITY;
  const isDue = elapsed < 0 || elapsed >= span.everySeconds - TOLERANCE_SECONDS;
  return isDue ? { before: now, kept: shown, shown } : { before, kept: past, shown };
}

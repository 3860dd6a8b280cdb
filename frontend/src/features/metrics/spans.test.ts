import { describe, expect, it } from "vitest";
import { CHARTS } from "./charts";
import { parseFigures } from "./prometheus-text";
import { emptyTrack, SPANS, type Span, type Track, withReading } from "./spans";

const MESSAGES = CHARTS.findIndex(({ title }) => title === "Messages");
const minute: Span = { label: "1 minute", seconds: 60, everySeconds: 10 };

/** So many messages were stored until then. */
const reading = (at: number, messages = 0) => ({
  at,
  figures: parseFigures(`devschat_messages_committed_total ${messages}`),
});
const trackOf = (readings: ReturnType<typeof reading>[], span = minute): Track =>
  readings.reduce((track, now) => withReading(track, now, span), emptyTrack);
const times = (track: Track) => track.shown.map(({ at }) => at);
const rates = (track: Track) => track.shown.map(({ values }) => values[MESSAGES]?.[0]);

describe("a span", () => {
  it("keeps a moment for each of its steps, and shows the newest besides", () => {
    const track = trackOf([0, 2, 4, 6, 8, 10, 12].map((at) => reading(at)));

    expect(times(track)).toEqual([0, 10, 12]);
  });

  it("says what happened in the whole step, however it was spread", () => {
    const track = trackOf([reading(0, 0), reading(2, 30), reading(10, 40), reading(14, 40)]);

    expect(rates(track)).toEqual([null, 4, 0]);
  });

  it("forgets what lies before it, and is in order also when the clock is set back", () => {
    expect(times(trackOf([0, 30, 61].map((at) => reading(at))))).toEqual([30, 61]);
    expect(times(trackOf([0, 20, 40, 30].map((at) => reading(at))))).toEqual([0, 20, 30]);
  });
});

it.each(SPANS)("$label never hold more than 300 moments", (span) => {
  const day = Array.from({ length: 43_200 }, (_, index) => reading(index * 2));

  expect(trackOf(day.slice(0, span.seconds), span).shown.length).toBeLessThanOrEqual(300);
});

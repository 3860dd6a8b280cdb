/**
 * What happened between two readings.
 *
 * - Counters begin to exist when something is counted for the first time: one that is missing stood at 0.
 * - A counter that went down began anew with the server: all it has now came since.
 * - Without a reading before there is no rate, and that is `null`, not 0.
 */
import { type Figures, type Labels, parseNumber, type Series } from "./prometheus-text";

export interface Reading {
  /** Unix time in seconds. */
  at: number;
  figures: Figures;
}

export type Chosen = (labels: Labels) => boolean;
const all: Chosen = () => true;

/** What a gauge stands at, all its series together; `null` when there is none. */
export function gauge({ figures }: Reading, name: string): number | null {
  const series = figures.get(name);
  return series ? sum(series.map(({ value }) => value)) : null;
}

/** How often a second. */
export function perSecond(before: Reading | null, after: Reading, name: string, chosen = all): number | null {
  const seconds = before ? after.at - before.at : 0;
  if (!before || seconds <= 0) return null;
  const increases = increasesOf(before.figures.get(name), after.figures.get(name), chosen);
  return sum(increases.map(({ value }) => value)) / seconds;
}

/**
 * The value below which the share `q` of what a histogram has seen since the reading before lies, in its unit;
 * `null` when it has seen nothing. Within a bucket values are taken to lie evenly, as `histogram_quantile` does;
 * beyond the last bound nothing is known but that bound.
 */
export function quantile(before: Reading | null, after: Reading, name: string, q: number): number | null {
  if (!before) return null;
  const bucket = `${name}_bucket`;
  const counts = new Map<number, number>();
  for (const { labels, value } of increasesOf(before.figures.get(bucket), after.figures.get(bucket), all)) {
    const bound = parseNumber(labels["le"] ?? "");
    counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  const bounds = [...counts].sort(([a], [b]) => a - b);
  const total = bounds.at(-1)?.[1] ?? 0;
  if (total === 0) return null;
  const rank = q * total;
  let [lower, below] = [0, 0];
  for (const [upper, count] of bounds) {
    if (count >= rank && count > below) {
      return Number.isFinite(upper) ? lower + ((upper - lower) * (rank - below)) / (count - below) : lower;
    }
    [lower, below] = [upper, count];
  }
  return lower;
}

function increasesOf(
  before: readonly Series[] = [],
  after: readonly Series[] = [],
  chosen: Chosen,
): Series[] {
  const then = new Map(before.map(({ key, value }) => [key, value]));
  // One that went down says it of all: they were counted by the same process.
  const isNew = after.some(({ key, value }) => value < (then.get(key) ?? 0));
  return after
    .filter(({ labels }) => chosen(labels))
    .map((series) => ({ ...series, value: series.value - (isNew ? 0 : (then.get(series.key) ?? 0)) }));
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

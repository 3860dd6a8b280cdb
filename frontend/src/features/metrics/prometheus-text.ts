/**
 * Reads Prometheus's text format: `name{label="value"} 1.5`, one series a line, comments with `#`.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export type Labels = Readonly<Record<string, string>>;

export interface Series {
  /** As written: the same in each reading, so it tells which series is which. */
  key: string;
  labels: Labels;
  value: number;
}

/** All series there are, by the name of their metric. */
export type Figures = ReadonlyMap<string, readonly Series[]>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Lines that are no series are passed over. */
export function parseFigures(text: string): Figures {
  const figures = new Map<string, Series[]>();
  for (const line of text.split("\n")) {
    const [, name, key = "", number = ""] = LINE.exec(line.trim()) ?? [];
    const value = parseNumber(number);
    if (!name || Number.isNaN(value)) continue;
    const series = figures.get(name) ?? [];
    series.push({ key, labels: parseLabels(key), value });
    figures.set(name, series);
  }
  return figures;
}

function parseLabels(text: string): Labels {
  const pairs = [...text.matchAll(LABEL)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, plain(value)]));
}

const plain = (value: string) => value.replace(/\\(.)/g, (_, char) => (char === "n" ? "\n" : char));

export function parseNumber(text: string): number {
  if (/^\+?Inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-Inf$/i.test(text)) return Number.NEGATIVE_INFINITY;
  return text === "" ? Number.NaN : Number(text);
}

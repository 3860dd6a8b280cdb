import { describe, expect, it } from "vitest";
import { parseFigures } from "./prometheus-text";
import { gauge, perSecond, quantile, type Reading } from "./rates";

const reading = (at: number, ...lines: string[]): Reading => ({
  at,
  figures: parseFigures(lines.join("\n")),
});
const buckets = (...counts: [string, number][]) =>
  counts.map(([bound, count]) => `commit_seconds_bucket{le="${bound}"} ${count}`);

describe("figures", () => {
  it("are read line by line, without comments and what is no series", () => {
    const text =
      '# TYPE a counter\na 3\n\na_seconds{path="/x",le="+Inf"} 1e3 1700000000\nnonsense\nb NaN\nc {} \n';

    const figures = parseFigures(text);

    expect([...figures.keys()]).toEqual(["a", "a_seconds"]);
    expect(figures.get("a")).toEqual([{ key: "", labels: {}, value: 3 }]);
    expect(figures.get("a_seconds")?.[0]).toMatchObject({
      labels: { path: "/x", le: "+Inf" },
      value: 1_000,
    });
  });

  it("have labels with quotes, commas and braces in them", () => {
    const series = parseFigures('a{x="say \\"hi\\", {you}",y="\\\\n\\n"} 1').get("a")?.[0];

    expect(series?.labels).toEqual({ x: 'say "hi", {you}', y: "\\n\n" });
  });

  it("are added up where a gauge has many series, and missing is not zero", () => {
    const now = reading(1, 'sockets{a="1"} 2', 'sockets{a="2"} 3', "none 0");

    expect(gauge(now, "sockets")).toBe(5);
    expect(gauge(now, "none")).toBe(0);
    expect(gauge(now, "other")).toBeNull();
  });
});

describe("a rate", () => {
  it("is what was added, by the seconds between", () => {
    expect(perSecond(reading(10, "sent 100"), reading(12, "sent 130"), "sent")).toBe(15);
  });

  it("needs a reading before, and time between", () => {
    const now = reading(10, "sent 100");

    expect(perSecond(null, now, "sent")).toBeNull();
    expect(perSecond(now, now, "sent")).toBeNull();
  });

  it("counts from zero for what is counted for the first time, and is zero for what never was", () => {
    expect(perSecond(reading(10), reading(12, "sent 4"), "sent")).toBe(2);
    expect(perSecond(reading(10), reading(12), "sent")).toBe(0);
  });

  it("takes all there is after the server began anew", () => {
    const before = reading(10, 'sent{a="1"} 100', 'sent{a="2"} 3');
    const after = reading(12, 'sent{a="1"} 6', 'sent{a="2"} 4');

    expect(perSecond(before, after, "sent")).toBe(5);
  });

  it("is of the chosen series only", () => {
    const before = reading(10, 'calls{status="200"} 5', 'calls{status="404"} 1');
    const after = reading(11, 'calls{status="200"} 9', 'calls{status="404"} 2', 'calls{status="503"} 1');
    const ofClass = (digit: string) =>
      perSecond(before, after, "calls", ({ status }) => status?.startsWith(digit) ?? false);

    expect([ofClass("4"), ofClass("5"), ofClass("3")]).toEqual([1, 1, 0]);
  });
});

describe("a quantile", () => {
  const before = reading(10, ...buckets(["0.01", 100], ["0.1", 100], ["+Inf", 100]));

  it("is of what came since, evenly within its bucket", () => {
    const after = reading(12, ...buckets(["0.01", 110], ["0.1", 120], ["+Inf", 120]));

    expect(quantile(before, after, "commit_seconds", 0.5)).toBeCloseTo(0.01);
    expect(quantile(before, after, "commit_seconds", 0.25)).toBeCloseTo(0.005);
    expect(quantile(before, after, "commit_seconds", 0.75)).toBeCloseTo(0.055);
  });

  it("passes over buckets in which nothing is", () => {
    const after = reading(12, ...buckets(["0.01", 100], ["0.1", 104], ["+Inf", 104]));

    expect(quantile(before, after, "commit_seconds", 0)).toBeCloseTo(0.01);
    expect(quantile(before, after, "commit_seconds", 1)).toBeCloseTo(0.1);
  });

  it("beyond the last bound is that bound", () => {
    const after = reading(12, ...buckets(["0.01", 100], ["0.1", 100], ["+Inf", 102]));

    expect(quantile(before, after, "commit_seconds", 0.99)).toBe(0.1);
  });

  it("is unknown when nothing came, without a reading before, and without the histogram", () => {
    expect(quantile(before, { ...before, at: 12 }, "commit_seconds", 0.5)).toBeNull();
    expect(quantile(null, before, "commit_seconds", 0.5)).toBeNull();
    expect(quantile(before, before, "other_seconds", 0.5)).toBeNull();
  });

  it("takes all there is after the server began anew, also where a bucket already holds more", () => {
    const after = reading(12, ...buckets(["0.01", 0], ["0.1", 101], ["+Inf", 101]));

    expect(quantile(before, after, "commit_seconds", 1)).toBeCloseTo(0.1);
    expect(quantile(before, after, "commit_seconds", 0.001)).toBeCloseTo(0.01009);
  });

  it("adds up the series of several labels", () => {
    const two = (bound: string, a: number, b: number) => [
      `x_seconds_bucket{way="a",le="${bound}"} ${a}`,
      `x_seconds_bucket{way="b",le="${bound}"} ${b}`,
    ];
    const after = reading(12, ...two("1", 1, 0), ...two("2", 1, 1), ...two("+Inf", 1, 1));

    expect(quantile(reading(10), after, "x_seconds", 0.5)).toBe(1);
    expect(quantile(reading(10), after, "x_seconds", 1)).toBe(2);
  });
});

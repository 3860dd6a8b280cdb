import { expect, it } from "vitest";
import { CHARTS, formatFigure, momentOf } from "./charts";
import { parseFigures } from "./prometheus-text";

const reading = (at: number, text: string) => ({ at, figures: parseFigures(text) });
const valuesOf = (title: string, moment: ReturnType<typeof momentOf>) =>
  moment.values[CHARTS.findIndex((kind) => kind.title === title)];

it("a first reading says what is, and of what happens nothing", () => {
  const moment = momentOf(null, reading(10, "devschat_sockets 3\ndevschat_messages_committed_total 7"));

  expect(valuesOf("Connections", moment)).toEqual([3, null]);
  expect(valuesOf("Messages", moment)).toEqual([null]);
});

it("the next one says what happened between, errors by their class", () => {
  const calls = (status: string, count: number) =>
    `devschat_http_request_seconds_count{method="GET",route="/x",status="${status}"} ${count}\n`;

  const moment = momentOf(
    reading(10, "devschat_messages_committed_total 7"),
    reading(
      12,
      `devschat_messages_committed_total 11\n${calls("200", 9)}${calls("404", 4)}${calls("500", 1)}`,
    ),
  );

  expect(valuesOf("Messages", moment)).toEqual([2]);
  expect(valuesOf("REST errors", moment)).toEqual([2, 0.5]);
});

it("a server without any of the figures gives gaps and zeroes, and breaks nothing", () => {
  const moment = momentOf(reading(10, ""), reading(12, ""));

  expect(valuesOf("Connections", moment)).toEqual([null, null]);
  expect(valuesOf("Commit latency", moment)).toEqual([null, null]);
  expect(valuesOf("Holding back", moment)).toEqual([0, 0, 0]);
});

it("figures are said shortly, and what is not known as a dash", () => {
  expect(formatFigure(12.3456, " ms")).toBe("12.3 ms");
  expect(formatFigure(0, "/s")).toBe("0/s");
  expect(formatFigure(null, "/s")).toBe("–");
});

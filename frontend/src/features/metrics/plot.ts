/**
 * A chart on a canvas: lines over a span that ends now. Colours are what the elements around it have at the time of
 * drawing, so they follow the theme. The cursor is one for all charts, which is how uPlot knows them as a group. No
 * legend: what it would say stands beside the chart as text.
 */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatTime } from "@/shared/lib/time";
import { formatFigure, type Moment } from "./charts";

const HEIGHT_PX = 150;
const TIME_STEPS_SECONDS = [60, 120, 240, 600, 1_200, 3_600, 7_200, 14_400, 28_800];
const FONT = "11px Inter Variable, system-ui, sans-serif";

export interface PlotPlace {
  /** Where the chart goes: has the colour of the axes' text, and of the grid as its border's. */
  box: HTMLElement;
  /** One element for each line, in its colour. */
  swatches: readonly HTMLElement[];
  unit: string;
  /** How far back it shows. */
  seconds: number;
  /** Told the time of the moment that is pointed at, in whichever chart; null when none is. */
  onPoint: (at: number | null) => void;
}

export function drawPlot({ box, swatches, unit, seconds, onPoint }: PlotPlace): uPlot {
  const colorOf = (element: HTMLElement) => getComputedStyle(element).color;
  const grid = { stroke: () => getComputedStyle(box).borderTopColor, width: 1 };
  const axis = { stroke: () => colorOf(box), font: FONT, grid, ticks: { show: false } };
  return new uPlot(
    {
      width: Math.max(box.clientWidth, 1),
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { setScale: false }, sync: { key: "metrics" } },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      hooks: {
        setCursor: [({ cursor, data }) => onPoint(cursor.idx == null ? null : (data[0][cursor.idx] ?? null))],
      },
      padding: [8, 26, 0, 0],
      scales: {
        x: { range: (_, __, end) => [end - seconds, end] },
        y: { range: (_, __, highest) => [0, Math.max(highest || 0, 1) * 1.1] },
      },
      axes: [
        {
          ...axis,
          space: 62,
          incrs: TIME_STEPS_SECONDS,
          size: 26,
          values: (_, splits) => splits.map((at) => formatTime(new Date(at * 1_000).toISOString())),
        },
        { ...axis, size: 58, values: (_, splits) => splits.map((value) => formatFigure(value, unit)) },
      ],
      series: [
        {},
        ...swatches.map((swatch) => {
          const stroke = () => colorOf(swatch);
          const points: uPlot.Series.Points = {
            show: true,
            size: 5,
            stroke,
            fill: stroke,
            filter: (plot, line) => alone(plot.data[line]),
          };
          return { stroke, width: 2, points };
        }),
      ],
    },
    [],
    box,
  );
}

/** Where the values are that have no neighbour: a line would not show them. */
function alone(values: ArrayLike<number | null | undefined> = []): number[] {
  const known = Array.from(values, (value) => value !== null && value !== undefined);
  return [...known.keys()].filter((at) => known[at] && !known[at - 1] && !known[at + 1]);
}

/** The chart's columns: times, then each line's values. */
export function columnsOf(moments: readonly Moment[], chart: number, lines: number): uPlot.AlignedData {
  const values = Array.from({ length: lines }, (_, line) =>
    moments.map((moment) => moment.values[chart]?.[line] ?? null),
  );
  return [moments.map(({ at }) => at), ...values];
}

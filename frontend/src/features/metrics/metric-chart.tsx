import { useId, useMemo, useRef, useState } from "react";
import { Button } from "@/shared/ui/button";
import { type ChartKind, formatFigure, formatMoment, type Moment } from "./charts";
import { MomentTable } from "./moment-table";
import { columnsOf } from "./plot";
import { usePlot } from "./use-plot";

interface MetricChartProps {
  kind: ChartKind;
  /** Which of the charts it is. */
  index: number;
  moments: readonly Moment[];
  /** How far back it shows. */
  seconds: number;
  /** The moment that is pointed at, in this chart or another. */
  pointedAt: number | null;
  onPoint: (at: number | null) => void;
}

/** One chart, its values of now or of the moment pointed at in words, and all of them as a table for who asks. */
export function MetricChart({ kind, index, moments, seconds, pointedAt, onPoint }: MetricChartProps) {
  const { title, hint, unit, lines } = kind;
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDListElement>(null);
  const [isTable, setIsTable] = useState(false);
  const columns = useMemo(() => columnsOf(moments, index, lines.length), [moments, index, lines]);
  usePlot({ box, legend, unit, seconds, onPoint, columns });
  const summary = useMemo(() => summaryOf(kind, index, moments), [kind, index, moments]);
  const pointed = pointedAt === null ? undefined : moments.find(({ at }) => at === pointedAt);
  const values = (pointed ?? moments.at(-1))?.values[index];
  return (
    <section aria-labelledby={titleId} className="rounded-card border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 id={titleId} className="font-semibold">
            {title}
          </h3>
          <p className="text-muted text-sm">{hint}</p>
        </div>
        <Button
          className="flex-none text-sm aria-pressed:bg-accent-soft"
          aria-pressed={isTable}
          aria-label={`Show as table: ${title}`}
          onClick={() => setIsTable(!isTable)}
        >
          Show as table
        </Button>
      </div>
      <dl ref={legend} className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
        {lines.map(({ label, color }, line) => (
          <div key={label}>
            <dt className="flex items-center gap-1.5 text-muted text-sm">
              <span
                data-swatch
                className={`${color} size-2.5 forced-color-adjust-none rounded-full bg-current`}
                aria-hidden="true"
              />
              {label}
            </dt>
            <dd className="font-semibold text-title tabular-nums">{formatFigure(values?.[line], unit)}</dd>
          </div>
        ))}
        {pointed ? (
          <div className="ml-auto text-right">
            <dt className="text-muted text-sm">At</dt>
            <dd className="tabular-nums">{formatMoment(pointed)}</dd>
          </div>
        ) : null}
      </dl>
      {isTable ? <MomentTable kind={kind} index={index} moments={moments} /> : null}
      <div className={isTable ? "hidden" : "mt-3"}>
        <div
          ref={box}
          role="img"
          aria-label={summary}
          className="h-37.5 overflow-hidden border-line text-muted"
        />
      </div>
    </section>
  );
}

/** What one sees at a glance: where each line stands, and how high it went. */
function summaryOf({ title, unit, lines }: ChartKind, index: number, moments: readonly Moment[]): string {
  const said = lines.map(({ label }, line) => {
    const values = moments.flatMap(({ values }) => values[index]?.[line] ?? []);
    const now = moments.at(-1)?.values[index]?.[line];
    if (values.length === 0) return `${label}: nothing yet`;
    const known = now === null ? "nothing now" : `${formatFigure(now, unit)} now`;
    return `${label}: ${known}, ${formatFigure(Math.max(...values), unit)} at most`;
  });
  const since = moments[0] ? ` since ${formatMoment(moments[0])}` : "";
  return `${title}${since}. ${said.join(". ")}.`;
}

import { type ChartKind, formatFigure, formatMoment, type Moment } from "./charts";

interface MomentTableProps {
  kind: ChartKind;
  index: number;
  moments: readonly Moment[];
}

/** What a chart shows, as numbers: the newest first. */
export function MomentTable({ kind: { title, unit, lines }, index, moments }: MomentTableProps) {
  return (
    <section aria-label={`${title} as table`} tabIndex={0} className="mt-3 max-h-64 overflow-y-auto">
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="sticky top-0 bg-surface text-muted">
          <tr>
            <th scope="col" className="py-1 pr-4 font-medium">
              Time
            </th>
            {lines.map(({ label }) => (
              <th key={label} scope="col" className="py-1 pr-4 font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {moments.toReversed().map((moment) => (
            <tr key={moment.at}>
              <th scope="row" className="py-1 pr-4 font-normal text-muted">
                {formatMoment(moment)}
              </th>
              {lines.map(({ label }, line) => (
                <td key={label} className="py-1 pr-4">
                  {formatFigure(moment.values[index]?.[line], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

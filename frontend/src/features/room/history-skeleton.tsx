const ROWS = [
  { id: "a", lines: ["w-3/5", "w-2/5"] },
  { id: "b", lines: ["w-4/5"] },
  { id: "c", lines: ["w-1/2", "w-3/4", "w-1/3"] },
  { id: "d", lines: ["w-2/3"] },
];

/** Rows of fixed height while the first page is on its way; appears late, so a quick answer never flashes it. */
export function HistorySkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden" aria-busy="true">
      <div className="appear-late space-y-4 px-(--gutter) pb-6" aria-hidden="true">
        {ROWS.map(({ id, lines }) => (
          <div key={id} className="grid grid-cols-[2.25rem_1fr] gap-x-3">
            <div className="skeleton size-9" />
            <div className="space-y-2 pt-1">
              <div className="skeleton h-3 w-28" />
              {lines.map((width) => (
                <div key={width} className={`skeleton h-3.5 ${width}`} />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

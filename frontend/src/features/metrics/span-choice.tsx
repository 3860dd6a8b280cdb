import { SPANS, type Span } from "./spans";

/** How far back all charts look. */
export function SpanChoice({ value, onChange }: { value: Span; onChange: (span: Span) => void }) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">How far back</legend>
      {SPANS.map((span) => (
        <label
          key={span.label}
          className="touch-target flex min-h-9 items-center rounded-control border border-strong px-3 font-medium text-sm has-checked:border-accent has-focus-visible:outline-2 has-checked:bg-accent-soft has-focus-visible:outline-accent hover:bg-hover"
        >
          <input
            type="radio"
            name="span"
            checked={span === value}
            onChange={() => onChange(span)}
            className="sr-only"
          />
          {span.label}
        </label>
      ))}
    </fieldset>
  );
}

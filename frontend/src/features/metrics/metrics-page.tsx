import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { CHARTS } from "./charts";
import { MetricChart } from "./metric-chart";
import { SpanChoice } from "./span-choice";
import { SPANS, type Span } from "./spans";
import { useMoments } from "./use-moments";

const UNREACHABLE = "The server’s figures can’t be reached. Asking goes on.";

/** How the server does, as it happens, for server admins. */
export function MetricsPage() {
  const [isPaused, setIsPaused] = useState(false);
  const [span, setSpan] = useState(SPANS[0] as Span);
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const { tracks, isUnreachable } = useMoments(isPaused);
  const moments = tracks[SPANS.indexOf(span)]?.shown ?? [];
  return (
    <Section
      title="Metrics"
      hint="What this instance has done since you opened the page, asked every two seconds and kept nowhere. For the past, and for several instances, let Prometheus read /metrics."
    >
      <FormAlert message={isUnreachable ? UNREACHABLE : null} />
      {moments.length === 0 && !isUnreachable ? (
        <div className="appear-late skeleton h-16" aria-hidden="true" />
      ) : null}
      {moments.length > 0 ? (
        <>
          <div className="flex flex-wrap gap-x-4 gap-y-2">
            <SpanChoice value={span} onChange={setSpan} />
            <Button
              className="text-sm aria-pressed:bg-accent-soft"
              aria-pressed={isPaused}
              onClick={() => setIsPaused(!isPaused)}
            >
              Pause
            </Button>
          </div>
          {CHARTS.map((kind, index) => (
            <MetricChart
              key={kind.title}
              kind={kind}
              index={index}
              moments={moments}
              seconds={span.seconds}
              pointedAt={pointedAt}
              onPoint={setPointedAt}
            />
          ))}
        </>
      ) : null}
    </Section>
  );
}

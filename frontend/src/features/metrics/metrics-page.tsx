import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { CHARTS } from "./charts";
import { MetricChart } from "./metric-chart";
import { useMoments } from "./use-moments";

const UNREACHABLE = "The server’s figures can’t be reached. Asking goes on.";

/** How the server does, as it happens, for server admins. */
export function MetricsPage() {
  const [isPaused, setIsPaused] = useState(false);
  const { moments, isUnreachable } = useMoments(isPaused);
  return (
    <Section
      title="Metrics"
      hint="The last five minutes of the instance that answers, every two seconds while this page is open. For longer, and for several instances, let Prometheus read /metrics."
    >
      <FormAlert message={isUnreachable ? UNREACHABLE : null} />
      {moments.length === 0 && !isUnreachable ? (
        <div className="appear-late skeleton h-16" aria-hidden="true" />
      ) : null}
      {moments.length > 0 ? (
        <>
          <Button
            className="aria-pressed:bg-accent-soft"
            aria-pressed={isPaused}
            onClick={() => setIsPaused(!isPaused)}
          >
            Pause
          </Button>
          {CHARTS.map((kind, index) => (
            <MetricChart key={kind.title} kind={kind} index={index} moments={moments} />
          ))}
        </>
      ) : null}
    </Section>
  );
}

/** Reads the server's figures every two seconds while the page is seen, and remembers five minutes of them. */
import { useEffect, useRef, useState } from "react";
import { api } from "@/shared/api/client";
import { type Moment, momentOf } from "./charts";
import { parseFigures } from "./prometheus-text";
import type { Reading } from "./rates";

const EVERY_MS = 2_000;
const DEADLINE_MS = 5_000;
export const WINDOW_SECONDS = 300;

interface Moments {
  moments: readonly Moment[];
  /** Whether the last question had no answer. */
  isUnreachable: boolean;
}

export function useMoments(isPaused: boolean): Moments {
  const [state, setState] = useState<Moments>({ moments: [], isUnreachable: false });
  const before = useRef<Reading | null>(null);
  useEffect(() => {
    if (isPaused) return undefined;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      if (!document.hidden) {
        const answer = await readFigures();
        if (isOver) return;
        if (answer === null) {
          setState(({ moments }) => ({ moments, isUnreachable: true }));
        } else {
          const moment = momentOf(before.current, answer);
          before.current = answer;
          setState(({ moments }) => ({ moments: withMoment(moments, moment), isUnreachable: false }));
        }
      }
      timer = setTimeout(read, EVERY_MS);
    };
    void read();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isPaused]);
  return state;
}

async function readFigures(): Promise<Reading | null> {
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const { data } = await api.GET("/api/v1/admin/metrics", { parseAs: "text", signal });
    return data ? { figures: parseFigures(data), at: Date.now() / 1_000 } : null;
  } catch {
    return null;
  }
}

export function withMoment(moments: readonly Moment[], moment: Moment): Moment[] {
  return [...moments.filter(({ at }) => at > moment.at - WINDOW_SECONDS && at < moment.at), moment];
}

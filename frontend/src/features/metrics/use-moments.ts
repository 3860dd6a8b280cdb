/** Reads the server's figures every two seconds while the page is seen, and remembers five minutes of them. */
import { useEffect, useRef, useState } from "react";
import { type Moment, momentOf } from "./charts";
import { parseFigures } from "./prometheus-text";
import type { Reading } from "./rates";

const EVERY_MS = 2_000;
const DEADLINE_MS = 5_000;
export const WINDOW_SECONDS = 300;

export type Trouble = "withheld" | "unreachable";

interface Moments {
  moments: readonly Moment[];
  /** Why there is nothing new. */
  trouble: Trouble | null;
}

export function useMoments(isPaused: boolean): Moments {
  const [state, setState] = useState<Moments>({ moments: [], trouble: null });
  const before = useRef<Reading | null>(null);
  useEffect(() => {
    if (isPaused) return undefined;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      if (!document.hidden) {
        const answer = await readFigures();
        if (isOver) return;
        if (typeof answer === "string") {
          setState(({ moments }) => ({ moments, trouble: answer }));
          if (answer === "withheld") return; // as it will be in two seconds
        } else {
          const moment = momentOf(before.current, answer);
          before.current = answer;
          setState(({ moments }) => ({ moments: withMoment(moments, moment), trouble: null }));
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

/** Asked without a login: Prometheus has none either. */
async function readFigures(): Promise<Reading | Trouble> {
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const response = await fetch("/metrics", { cache: "no-store", credentials: "omit", signal });
    if (response.status >= 500) return "unreachable";
    const isText = response.headers.get("content-type")?.startsWith("text/plain") ?? false;
    if (!response.ok || !isText) return "withheld";
    return { figures: parseFigures(await response.text()), at: Date.now() / 1_000 };
  } catch {
    return "unreachable";
  }
}

export function withMoment(moments: readonly Moment[], moment: Moment): Moment[] {
  return [...moments.filter(({ at }) => at > moment.at - WINDOW_SECONDS && at < moment.at), moment];
}

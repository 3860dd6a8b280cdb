/** Reads the server's figures every two seconds while the page is seen, and remembers them for each span. */
import { useEffect, useState } from "react";
import { api } from "@/shared/api/client";
import { parseFigures } from "./prometheus-text";
import type { Reading } from "./rates";
import { emptyTrack, SPANS, type Track, withReading } from "./spans";

const EVERY_MS = 2_000;
const DEADLINE_MS = 5_000;

interface Moments {
  /** One for each of `SPANS`. */
  tracks: readonly Track[];
  /** Whether the last question had no answer. */
  isUnreachable: boolean;
}

export function useMoments(isPaused: boolean): Moments {
  const [state, setState] = useState<Moments>({ tracks: SPANS.map(() => emptyTrack), isUnreachable: false });
  useEffect(() => {
    if (isPaused) return undefined;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      if (!document.hidden) {
        const answer = await readFigures();
        if (isOver) return;
        setState(({ tracks }) => ({
          tracks: answer
            ? SPANS.map((span, at) => withReading(tracks[at] ?? emptyTrack, answer, span))
            : tracks,
          isUnreachable: answer === null,
        }));
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

/**
 * What to say about the connection, and when: nothing for the first 2 s of a drop, so a blink of the network stays
 * unnoticed; "Back online" for 2 s only if the drop was told.
 */
import { useEffect, useRef, useState } from "react";
import { useConnection } from "@/entities/connection/connection-store";
import type { ConnectionStatus } from "@/shared/realtime/socket";

export type Notice =
  | "none"
  | "reconnecting"
  | "offline"
  | "unreachable"
  | "back"
  | "elsewhere"
  | "outdated"
  | "broken";

const QUIET_MS = 2_000;
const BACK_MS = 2_000;
const UNREACHABLE_FAILURES = 3;

function noticeFor({ state, failures }: ConnectionStatus): Notice {
  switch (state) {
    case "offline":
      return "offline";
    case "connecting":
    case "waiting":
      return failures >= UNREACHABLE_FAILURES ? "unreachable" : "reconnecting";
    case "elsewhere":
    case "outdated":
    case "broken":
      return state;
    default:
      return "none";
  }
}

export function useConnectionNotice(): Notice {
  const due = noticeFor(useConnection());
  const [shown, setShown] = useState<Notice>("none");
  const isTelling = useRef(false);
  const isTrouble = due !== "none";
  useEffect(() => {
    if (isTrouble) {
      const timer = setTimeout(() => {
        isTelling.current = true;
      }, QUIET_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [isTrouble]);
  useEffect(() => {
    if (due !== "none") {
      const timer = setTimeout(() => setShown(due), isTelling.current ? 0 : QUIET_MS);
      return () => clearTimeout(timer);
    }
    if (isTelling.current) setShown("back");
    isTelling.current = false;
    // Also when nothing was told: "back" may still stand there from the drop before.
    const timer = setTimeout(() => setShown("none"), BACK_MS);
    return () => clearTimeout(timer);
  }, [due]);
  return shown;
}

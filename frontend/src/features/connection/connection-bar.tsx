import { CloudOff, RefreshCw, Wifi } from "lucide-react";
import { useConnection } from "@/entities/connection/connection-store";
import { type Notice, useConnectionNotice } from "./use-connection-notice";

const TEXT: Record<Exclude<Notice, "none">, string> = {
  reconnecting: "Reconnecting…",
  offline: "You’re offline. Messages will be sent when you’re back.",
  unreachable: "Can’t reach DevsChat. Messages will be sent when it is back.",
  back: "Back online",
  elsewhere: "DevsChat is open in too many places.",
  outdated: "A new version of DevsChat is available.",
  broken: "The connection broke and will not mend by itself.",
};

const ACTIONS: Partial<Record<Notice, string>> = {
  elsewhere: "Use here",
  unreachable: "Try now",
  broken: "Try again",
  outdated: "Reload",
};

/**
 * The slim bar while the connection is down. In a room it lies over the messages, so that none of them moves; other
 * pages begin with words that can't be scrolled out from under it, so there it stands below.
 */
export function ConnectionBar({ isOverPage }: { isOverPage: boolean }) {
  const notice = useConnectionNotice();
  const { reconnect } = useConnection();
  const Icon = notice === "back" ? Wifi : notice === "reconnecting" ? RefreshCw : CloudOff;
  const action = ACTIONS[notice];
  return (
    <div role="status" className={isOverPage ? "absolute inset-x-0 top-14 z-10" : ""}>
      {notice === "none" ? null : (
        <p
          className={`flex min-h-8 items-center gap-2 border-line border-b px-(--gutter) py-1 font-medium text-sm ${
            notice === "back" ? "bg-surface text-ok" : "bg-mention"
          }`}
        >
          <Icon size={14} aria-hidden="true" />
          {TEXT[notice]}
          {action ? (
            <button
              type="button"
              className="rounded-control px-1 underline underline-offset-2"
              onClick={notice === "outdated" ? () => location.reload() : reconnect}
            >
              {action}
            </button>
          ) : null}
        </p>
      )}
    </div>
  );
}

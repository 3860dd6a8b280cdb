import { sessionStore } from "@/entities/session/session-store";
import { dropCopy } from "./copy";

/** The copy goes with the session, however that ended: the next person at this browser finds nothing. */
export function forgetCopyWithSession() {
  sessionStore.subscribe(({ session }, { session: before }) => {
    const hasEnded = session.status === "signed_out" && before.status !== "signed_out";
    if (hasEnded) void dropCopy().catch(() => {});
  });
}

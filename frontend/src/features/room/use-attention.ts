import { useSyncExternalStore } from "react";

const hasAttention = () => document.visibilityState === "visible" && document.hasFocus();

function subscribe(listener: () => void) {
  const events = new AbortController();
  const options = { signal: events.signal };
  addEventListener("focus", listener, options);
  addEventListener("blur", listener, options);
  document.addEventListener("visibilitychange", listener, options);
  return () => events.abort();
}

/** The tab is visible and focused: somebody may be reading. */
export const useAttention = (): boolean => useSyncExternalStore(subscribe, hasAttention);

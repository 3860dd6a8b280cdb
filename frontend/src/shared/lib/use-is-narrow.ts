import { useSyncExternalStore } from "react";

const query = matchMedia("(width < 800px)");

function subscribe(listener: () => void) {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** One screen at a time. */
export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);

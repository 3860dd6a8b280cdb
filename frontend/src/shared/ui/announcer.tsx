import { useStore } from "zustand";
import { announcerStore } from "@/shared/lib/announcer";

/** Read out by screen readers, seen by nobody. */
export function Announcer() {
  const text = useStore(announcerStore, (state) => state.text);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}

import { useEffect, useRef } from "react";

/** Runs on Esc unless a layer above (dialog, menu, or what `above` matches) is open: that one closes first. */
export function useEscape(run: () => void, above = "dialog[open], [role=menu]") {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isCovered = document.querySelector(above) !== null;
      if (event.key === "Escape" && !event.defaultPrevented && !isCovered) latest.current();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [above]);
}

import { type RefObject, useLayoutEffect } from "react";

/** What had the focus when this came gets it back when this goes with the focus in it. */
export function useFocusReturn(place: RefObject<HTMLElement | null>) {
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const element = place.current;
    return () => {
      if (opener instanceof HTMLElement && element?.contains(document.activeElement)) opener.focus();
    };
  }, [place]);
}

import { useEffect } from "react";

/** `(3) # general – DevsChat`: what waits for you, where you are, and the product. */
export function useTitle(place: string, waiting = 0) {
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${place} – DevsChat`;
  }, [place, waiting]);
}

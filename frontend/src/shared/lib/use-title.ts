import { useEffect } from "react";

let place = "";
let waiting = 0;

/** `(3) # general – DevsChat`: what waits for you, where you are, and the product. */
function write() {
  document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${place} – DevsChat`;
}

/** Where one is. */
export function useTitle(of: string) {
  useEffect(() => {
    place = of;
    write();
  }, [of]);
}

/** How much waits, wherever one is. */
export function setTitleCount(count: number) {
  waiting = count;
  write();
}

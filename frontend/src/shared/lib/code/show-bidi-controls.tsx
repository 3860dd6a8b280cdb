import type { ReactNode } from "react";

const CONTROLS = /([\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

/** Characters that reorder what one sees ("Trojan Source") are shown as marks instead of doing it. */
export function showBidiControls(text: string): ReactNode {
  if (!CONTROLS.test(text)) return text;
  return text.split(CONTROLS).map((part, index) => {
    if (!CONTROLS.test(part)) return part;
    const code = `U+${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    const key = `${index}`;
    return (
      <span key={key} className="bidi-mark">
        {code}
      </span>
    );
  });
}

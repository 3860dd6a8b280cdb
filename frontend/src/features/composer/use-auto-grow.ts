import { type RefObject, useLayoutEffect } from "react";

/** The box is as high as its text, up to its `max-height`. Measured, because `field-sizing` is not everywhere yet. */
export function useAutoGrow(input: RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => {
    const field = input.current;
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [input, text]);
}

import { type RefObject, useLayoutEffect } from "react";

const canItself = CSS.supports("field-sizing", "content");

/** The box is as high as its text, up to its `max-height`: measured, where the browser doesn't do it (`field-sizing`). */
export function useAutoGrow(input: RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => {
    const field = input.current;
    if (!field || canItself) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }, [input, text]);
}

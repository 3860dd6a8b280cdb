/** Moving through a list of options while the caret stays in the text box (`aria-activedescendant`). */
import { type KeyboardEvent, useId, useLayoutEffect, useState } from "react";

interface ComboProps<T> {
  options: readonly T[];
  /** The first option is chosen again when it changes. */
  query: string;
  label: string;
  onPick: (option: T) => void;
  /** Where Esc closes the list and not what is around it. */
  onClose?: () => void;
  acceptsTab?: boolean;
}

/** One for all lists of this kind: the switcher, `@`, `#` and `:`. */
export function useCombo<T>({ options, query, label, onPick, onClose, acceptsTab = false }: ComboProps<T>) {
  const id = useId();
  const [chosen, setChosen] = useState({ query, index: 0 });
  const index = chosen.query === query ? Math.min(chosen.index, options.length - 1) : 0;
  const activeId = options.length > 0 ? `${id}-${index}` : undefined;
  useLayoutEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView?.({ block: "nearest" });
  }, [activeId]);

  const choose = (next: number) => setChosen({ query, index: next });
  const step = (by: number) => choose((index + by + options.length) % Math.max(1, options.length));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const isCtrl = event.ctrlKey && !event.altKey && !event.shiftKey;
    if (event.key === "ArrowDown" || (isCtrl && event.key === "n")) step(1);
    else if (event.key === "ArrowUp" || (isCtrl && event.key === "p")) step(-1);
    else if (event.key === "PageDown") choose(options.length - 1);
    else if (event.key === "PageUp") choose(0);
    else if (event.key === "Escape" && onClose) onClose();
    else if (event.key === "Enter" || (acceptsTab && event.key === "Tab" && !event.shiftKey)) {
      const option = options[index];
      if (option !== undefined) onPick(option);
    } else return;
    event.preventDefault();
  };

  return {
    input: {
      role: "combobox",
      "aria-expanded": options.length > 0,
      "aria-autocomplete": "list" as const,
      "aria-controls": options.length > 0 ? `${id}-list` : undefined,
      "aria-activedescendant": activeId,
      onKeyDown,
    },
    list: { id: `${id}-list`, role: "listbox", "aria-label": label },
    option: (at: number) => ({
      id: `${id}-${at}`,
      role: "option",
      "aria-selected": at === index,
      onMouseMove: () => at !== index && choose(at),
      // On press, so that the text box keeps the focus until then.
      onMouseDown: (event: { preventDefault: () => void }) => event.preventDefault(),
      onClick: () => {
        const option = options[at];
        if (option !== undefined) onPick(option);
      },
    }),
  };
}

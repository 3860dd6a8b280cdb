import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Opens the browser's own modal dialog for as long as the component lives: it traps and restores focus, closes on
 * Esc and makes the rest inert. A library's would inject a style tag to lock scrolling, which the
 * Content-Security-Policy refuses. `data-autofocus` marks what has the focus at first; `opener` gets it back where
 * the element that had it is gone by then.
 */
export function useModal(onClose: () => void, opener?: RefObject<HTMLElement | null> | undefined) {
  const ref = useRef<HTMLDialogElement>(null);
  // A layout effect: the browser restores the focus only when the dialog is closed while still in the document.
  useLayoutEffect(() => {
    const dialog = ref.current;
    const box = document.activeElement instanceof HTMLTextAreaElement ? document.activeElement : null;
    const { selectionStart, selectionEnd } = box ?? { selectionStart: 0, selectionEnd: 0 };
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog?.close();
      // Chromium gives the focus back, but puts the caret before the text.
      if (box === document.activeElement) box?.setSelectionRange(selectionStart, selectionEnd);
      opener?.current?.focus();
    };
  }, [opener]);
  return {
    ref,
    onCancel: (event: { preventDefault: () => void }) => {
      event.preventDefault();
      onClose();
    },
    // Where the press began counts: selecting text in a field may end beside the dialog.
    onMouseDown: (event: { target: EventTarget }) => {
      if (event.target === ref.current) onClose();
    },
  };
}

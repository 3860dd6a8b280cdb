import { lazy, type ReactNode, type RefObject, Suspense, useRef } from "react";

const EmojiPanel = lazy(() => import("./emoji-panel"));

interface EmojiPopoverProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (emoji: string) => void;
  /** The button it opens from. */
  children: (button: {
    ref: RefObject<HTMLButtonElement | null>;
    "aria-haspopup": "dialog";
    "aria-expanded": boolean;
    onClick: () => void;
  }) => ReactNode;
}

/** The emoji picker beside a button; closes with the choice. Loaded when it is first opened. */
export function EmojiPopover({ isOpen, onOpenChange, onPick, children }: EmojiPopoverProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const onClick = () => onOpenChange(!isOpen);
  return (
    <>
      {children({ ref, "aria-haspopup": "dialog", "aria-expanded": isOpen, onClick })}
      {isOpen ? (
        <Suspense>
          <EmojiPanel anchor={ref} onPick={onPick} onClose={() => onOpenChange(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

import { Popover } from "radix-ui";
import { lazy, type ReactNode, Suspense } from "react";

const EmojiPicker = lazy(() => import("./emoji-picker"));

interface EmojiPopoverProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (emoji: string) => void;
  /** The button it opens from. */
  children: ReactNode;
}

/** The emoji picker beside a button; closes with the choice. */
export function EmojiPopover({ isOpen, onOpenChange, onPick, children }: EmojiPopoverProps) {
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Emoji"
          className="menu"
          onEscapeKeyDown={(event) => event.stopPropagation()}
        >
          <Suspense fallback={<div className="emoji-picker" aria-busy="true" />}>
            <EmojiPicker
              onPick={(emoji) => {
                onOpenChange(false);
                onPick(emoji);
              }}
            />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

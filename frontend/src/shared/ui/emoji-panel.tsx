import { Popover } from "radix-ui";
import { type RefObject, useRef } from "react";
import { EmojiPicker } from "./emoji-picker";

interface EmojiPanelProps {
  anchor: RefObject<HTMLButtonElement | null>;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

/** The open picker. The focus goes back to the button, unless the choice took it elsewhere. A chunk of its own. */
export default function EmojiPanel({ anchor, onPick, onClose }: EmojiPanelProps) {
  const hasPicked = useRef(false);
  return (
    <Popover.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Emoji"
          className="menu"
          onInteractOutside={(event) => {
            if (anchor.current?.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!hasPicked.current) anchor.current?.focus();
          }}
        >
          <EmojiPicker
            onPick={(emoji) => {
              hasPicked.current = true;
              onClose();
              onPick(emoji);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

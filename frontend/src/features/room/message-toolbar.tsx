import { Ellipsis, Pencil, Reply, SmilePlus } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { Message } from "@/shared/api/types";
import { recentEmoji } from "@/shared/lib/recent-emoji";
import { EmojiPopover } from "@/shared/ui/emoji-popover";
import { IconButton } from "@/shared/ui/icon-button";
import type { Action } from "./action-list";
import { type Abilities, edit, reply, toggleReaction } from "./message-actions";

export type OpenLayer = "emoji" | "menu" | null;

interface MessageToolbarProps {
  message: Message;
  userId: string;
  abilities: Abilities;
  actions: readonly Action[];
  open: OpenLayer;
  onOpen: (layer: OpenLayer) => void;
}

/** Beside the message that is pointed at or focused. */
export function MessageToolbar({ message, userId, abilities, actions, open, onOpen }: MessageToolbarProps) {
  return (
    <div role="group" aria-label="Message actions" className="message-toolbar">
      {abilities.mayWrite ? (
        <>
          {recentEmoji(3).map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-label={`React with ${emoji}`}
              className="icon-button emoji"
              onClick={() => toggleReaction(message, emoji, userId)}
            >
              {emoji}
            </button>
          ))}
          <EmojiPopover
            isOpen={open === "emoji"}
            onOpenChange={(isOpen) => onOpen(isOpen ? "emoji" : null)}
            onPick={(emoji) => toggleReaction(message, emoji, userId)}
          >
            {(button) => (
              <IconButton {...button} label="Add a reaction">
                <SmilePlus size={16} />
              </IconButton>
            )}
          </EmojiPopover>
          <IconButton label="Reply" onClick={() => reply(message)}>
            <Reply size={16} />
          </IconButton>
        </>
      ) : null}
      {abilities.mayEdit ? (
        <IconButton label="Edit" onClick={() => edit(message)}>
          <Pencil size={15} />
        </IconButton>
      ) : null}
      <DropdownMenu.Root
        modal={false}
        open={open === "menu"}
        onOpenChange={(isOpen) => onOpen(isOpen ? "menu" : null)}
      >
        <DropdownMenu.Trigger aria-label="More actions" className="icon-button">
          <Ellipsis size={16} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            collisionPadding={8}
            className="menu min-w-52"
            onCloseAutoFocus={(event) => event.preventDefault()}
          >
            {actions.map(({ name, key, icon: Icon, isDangerous, run }) => (
              <DropdownMenu.Item
                key={name}
                onSelect={run}
                className={`menu-item ${isDangerous ? "text-danger" : ""}`}
              >
                <Icon size={16} className={isDangerous ? "" : "text-muted"} aria-hidden="true" />
                <span className="flex-1">{name}</span>
                {key ? <span className="text-meta text-muted">{key}</span> : null}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
}

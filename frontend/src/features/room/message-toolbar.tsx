import { Ellipsis, Pencil, Reply, SmilePlus } from "lucide-react";
import { lazy, useRef } from "react";
import type { Message } from "@/shared/api/types";
import { recentEmoji } from "@/shared/lib/recent-emoji";
import { EmojiPopover } from "@/shared/ui/emoji-popover";
import { IconButton } from "@/shared/ui/icon-button";
import { MenuButton } from "@/shared/ui/menu-button";
import type { Action } from "./action-list";
import { type Abilities, edit, reply, toggleReaction } from "./message-actions";

const MessageMenuItems = lazy(() => import("./message-menu-items"));

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
  const menuButton = useRef<HTMLButtonElement>(null);
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
      <MenuButton
        button={menuButton}
        isOpen={open === "menu"}
        onOpenChange={(isOpen) => onOpen(isOpen ? "menu" : null)}
        menu={(handle) => <MessageMenuItems {...handle} actions={actions} />}
        aria-label="More actions"
        className="icon-button"
      >
        <Ellipsis size={16} />
      </MenuButton>
    </div>
  );
}

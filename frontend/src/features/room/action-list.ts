/** The entries of a message's menu, the same beside the pointer and on touch. */
import { Copy, History, Link, type LucideIcon, MessageSquareDot, Pencil, Reply, Trash2 } from "lucide-react";
import type { Message } from "@/shared/api/types";
import { markUnreadFrom } from "./mark-unread-from";
import { type Abilities, copyLink, copyText, edit, remove, reply } from "./message-actions";

export interface Action {
  name: string;
  /** The key that does the same on the focused message. */
  key?: string;
  icon: LucideIcon;
  isDangerous?: boolean;
  run: () => void;
}

export function actionsOf(message: Message, abilities: Abilities, showEdits: () => void): Action[] {
  const actions: (Action | false)[] = [
    abilities.mayWrite && { name: "Reply", key: "R", icon: Reply, run: () => reply(message) },
    abilities.mayEdit && { name: "Edit", key: "E", icon: Pencil, run: () => edit(message) },
    { name: "Copy text", key: "C", icon: Copy, run: () => void copyText(message) },
    { name: "Copy link", key: "L", icon: Link, run: () => void copyLink(message) },
    abilities.mayRead && {
      name: "Mark unread from here",
      key: "U",
      icon: MessageSquareDot,
      run: () => void markUnreadFrom(message),
    },
    message.edited_at != null && { name: "Earlier versions", icon: History, run: showEdits },
    abilities.mayDelete && {
      name: "Delete",
      key: "Del",
      icon: Trash2,
      isDangerous: true,
      run: () => void remove(message),
    },
  ];
  return actions.filter((action) => action !== false);
}

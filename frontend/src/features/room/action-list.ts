/** The entries of a message's menu, the same beside the pointer and on touch. */
import {
  CheckCheck,
  Copy,
  History,
  Link,
  type LucideIcon,
  MessageSquareDot,
  Pencil,
  Reply,
  Trash2,
} from "lucide-react";
import type { CommandId } from "@/entities/shortcuts/commands";
import type { Message } from "@/shared/api/types";
import { markUnreadFrom } from "./mark-unread-from";
import { type Abilities, copyLink, copyText, edit, remove, reply } from "./message-actions";

export interface Action {
  name: string;
  /** Its keys do the same on the focused message. */
  command?: CommandId;
  icon: LucideIcon;
  isDangerous?: boolean;
  run: () => void;
}

/** What is told of a message in a dialog of its own. */
export type Details = "edits" | "readers";

export function actionsOf(
  message: Message,
  abilities: Abilities,
  show: (details: Details) => void,
): Action[] {
  const actions: (Action | false)[] = [
    abilities.mayWrite && { name: "Reply", command: "reply", icon: Reply, run: () => reply(message) },
    abilities.mayEdit && { name: "Edit", command: "edit", icon: Pencil, run: () => edit(message) },
    { name: "Copy text", command: "copyText", icon: Copy, run: () => void copyText(message) },
    { name: "Copy link", command: "copyLink", icon: Link, run: () => void copyLink(message) },
    abilities.mayRead && {
      name: "Mark unread from here",
      command: "markUnread",
      icon: MessageSquareDot,
      run: () => void markUnreadFrom(message),
    },
    abilities.mayRead && {
      name: "Who read this…",
      command: "readers",
      icon: CheckCheck,
      run: () => show("readers"),
    },
    message.edited_at != null && { name: "Earlier versions", icon: History, run: () => show("edits") },
    abilities.mayDelete && {
      name: "Delete",
      command: "delete",
      icon: Trash2,
      isDangerous: true,
      run: () => void remove(message),
    },
  ];
  return actions.filter((action) => action !== false);
}

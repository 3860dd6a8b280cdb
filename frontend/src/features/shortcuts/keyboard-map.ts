/** Which keys do what, for people: the table behind "?" and on the keyboard page. */

export interface Shortcut {
  /** Alternatives; modifiers are named once. */
  keys: readonly string[];
  does: string;
}

export interface ShortcutGroup {
  title: string;
  shortcuts: readonly Shortcut[];
}

export const KEYBOARD_MAP: readonly ShortcutGroup[] = [
  {
    title: "Go",
    shortcuts: [
      { keys: ["Mod+K"], does: "Jump to a room, person or command" },
      { keys: ["Alt+ArrowUp", "ArrowDown"], does: "Previous, next room" },
      { keys: ["Alt+Shift+ArrowUp", "ArrowDown"], does: "Previous, next unread room" },
      { keys: ["F6", "Shift+F6"], does: "Next, previous part of the page" },
      { keys: ["Mod+."], does: "Show or hide the members" },
      { keys: ["Mod+Shift+L"], does: "To the message box" },
    ],
  },
  {
    title: "Read",
    shortcuts: [
      { keys: ["PageUp", "PageDown"], does: "Scroll the messages" },
      { keys: ["K", "J"], does: "Previous, next message, once in the list" },
      { keys: ["Home", "End"], does: "First, last message" },
      { keys: ["Shift+PageUp"], does: "First unread message" },
      { keys: ["Shift+Escape"], does: "Mark all rooms as read" },
      { keys: ["Escape"], does: "Close what is on top" },
    ],
  },
  {
    title: "Write",
    shortcuts: [
      { keys: ["Enter"], does: "Send" },
      { keys: ["Shift+Enter"], does: "New line" },
      { keys: ["Mod+Enter"], does: "Send, inside a code block too" },
    ],
  },
  {
    title: "Write faster",
    shortcuts: [
      { keys: ["ArrowUp"], does: "Edit your last message, in the empty box" },
      { keys: ["Shift+ArrowUp"], does: "Answer the last message, in the empty box" },
      { keys: ["Mod+B", "Mod+I", "Mod+E"], does: "Bold, italic, code" },
      { keys: ["Mod+Shift+X", "Mod+Shift+C", "Mod+Shift+9"], does: "Strike out, code block, quote" },
      { keys: ["Mod+;"], does: "Emoji" },
      { keys: ["Mod+Shift+V"], does: "Paste as a code block" },
    ],
  },
  {
    title: "On a message",
    shortcuts: [
      { keys: ["R"], does: "Reply" },
      { keys: ["E"], does: "Edit" },
      { keys: [":"], does: "React" },
      { keys: ["C", "L"], does: "Copy the text, a link" },
      { keys: ["U"], does: "Mark unread from here" },
      { keys: ["Delete"], does: "Delete" },
    ],
  },
  {
    title: "Help",
    shortcuts: [{ keys: ["?", "Mod+/"], does: "Show these shortcuts" }],
  },
];

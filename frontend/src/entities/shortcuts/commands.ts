/** Every command that a key gives: what those who listen for keys and the table for people both read. */

/** Where its keys hold. Two commands whose places overlap can't have the same keys. */
export type Place = "everywhere" | "box" | "list" | "message";

export interface KeyCommand {
  does: string;
  group: string;
  place: Place;
  /** As long as the person has chosen no others. */
  keys: readonly string[];
  /** The platform's own way, or tied to what the browser does on these keys: nobody can change them. */
  isFixed?: true;
}

function group<T extends string>(
  name: string,
  commands: Record<T, Omit<KeyCommand, "group">>,
): Record<T, KeyCommand> {
  const entries = Object.entries<Omit<KeyCommand, "group">>(commands);
  return Object.fromEntries(entries.map(([id, command]) => [id, { ...command, group: name }])) as never;
}

const go = group("Go", {
  jump: { does: "Jump to a room, person or command", place: "everywhere", keys: ["Mod+K"] },
  previousRoom: { does: "Previous room", place: "everywhere", keys: ["Alt+ArrowUp"] },
  nextRoom: { does: "Next room", place: "everywhere", keys: ["Alt+ArrowDown"] },
  previousUnread: { does: "Previous unread room", place: "everywhere", keys: ["Alt+Shift+ArrowUp"] },
  nextUnread: { does: "Next unread room", place: "everywhere", keys: ["Alt+Shift+ArrowDown"] },
  nextRegion: { does: "Next part of the page", place: "everywhere", keys: ["F6"] },
  previousRegion: { does: "Previous part of the page", place: "everywhere", keys: ["Shift+F6"] },
  members: { does: "Show or hide the members", place: "everywhere", keys: ["Mod+."] },
  messageBox: { does: "To the message box", place: "everywhere", keys: ["Mod+Shift+L"] },
});

const read = group("Read", {
  scroll: { does: "Scroll the messages", place: "list", keys: ["PageUp", "PageDown"], isFixed: true },
  step: { does: "Previous, next message", place: "list", keys: ["ArrowUp", "ArrowDown"], isFixed: true },
  previousMessage: { does: "Previous message, once in the list", place: "list", keys: ["K"] },
  nextMessage: { does: "Next message, once in the list", place: "list", keys: ["J"] },
  ends: { does: "First, last message", place: "list", keys: ["Home", "End"], isFixed: true },
  firstUnread: { does: "First unread message", place: "list", keys: ["Shift+PageUp"] },
  readAll: { does: "Mark all rooms as read", place: "everywhere", keys: ["Shift+Escape"] },
  close: { does: "Close what is on top", place: "everywhere", keys: ["Escape"], isFixed: true },
});

const write = group("Write", {
  send: { does: "Send", place: "box", keys: ["Enter"], isFixed: true },
  line: { does: "New line", place: "box", keys: ["Shift+Enter"], isFixed: true },
  sendAnyway: { does: "Send, inside a code block too", place: "box", keys: ["Mod+Enter"], isFixed: true },
  editLast: { does: "Edit your last message, in the empty box", place: "box", keys: ["ArrowUp"] },
  answerLast: { does: "Answer the last message, in the empty box", place: "box", keys: ["Shift+ArrowUp"] },
  emoji: { does: "Emoji", place: "box", keys: ["Mod+;"] },
  pasteCode: { does: "Paste as a code block", place: "box", keys: ["Mod+Shift+V"], isFixed: true },
});

const format = group("Format", {
  bold: { does: "Bold", place: "box", keys: ["Mod+B"] },
  italic: { does: "Italic", place: "box", keys: ["Mod+I"] },
  code: { does: "Code", place: "box", keys: ["Mod+E"] },
  strike: { does: "Strike out", place: "box", keys: ["Mod+Shift+X"] },
  codeBlock: { does: "Code block", place: "box", keys: ["Mod+Shift+C"] },
  quote: { does: "Quote", place: "box", keys: ["Mod+Shift+9"] },
});

const message = group("On a message", {
  reply: { does: "Reply", place: "message", keys: ["R"] },
  edit: { does: "Edit", place: "message", keys: ["E"] },
  react: { does: "React", place: "message", keys: [":"] },
  copyText: { does: "Copy the text", place: "message", keys: ["C"] },
  copyLink: { does: "Copy a link", place: "message", keys: ["L"] },
  markUnread: { does: "Mark unread from here", place: "message", keys: ["U"] },
  readers: { does: "Who read it", place: "message", keys: ["V"] },
  delete: { does: "Delete", place: "message", keys: ["Delete"] },
});

const help = group("Help", {
  shortcuts: { does: "Show these shortcuts", place: "everywhere", keys: ["?", "Mod+/"] },
});

const ALL = { ...go, ...read, ...write, ...format, ...message, ...help };

export type CommandId = keyof typeof ALL;

export const COMMANDS: Readonly<Record<CommandId, KeyCommand>> = ALL;
export const COMMAND_IDS = Object.keys(ALL) as CommandId[];

import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import type { OutboxItem } from "@/entities/outbox/outbox-store";
import { mentions } from "@/entities/read-state/read-state";
import { isPressed } from "@/entities/shortcuts/bindings";
import type { Message, Room, User } from "@/shared/api/types";
import { Markdown } from "@/shared/lib/markdown/markdown";
import { actionsOf, type Details } from "./action-list";
import { abilitiesOf, toggleReaction } from "./message-actions";
import { MessageEditor } from "./message-editor";
import { MessageFrame } from "./message-frame";
import { MessageToolbar, type OpenLayer } from "./message-toolbar";
import { Quote } from "./quote";
import { Reactions } from "./reactions";
import { useLongPress } from "./use-long-press";

const FailedChange = lazy(() => import("./failed-change"));
const MessageSheet = lazy(() => import("./message-sheet"));
const EditsDialog = lazy(() => import("./edits-dialog"));
const ReadersDialog = lazy(() => import("./readers-dialog"));

interface MessageRowProps {
  rowKey: string;
  message: Message;
  startsGroup: boolean;
  failure: OutboxItem | undefined;
  isEdited: boolean;
  /** A link led here. */
  isLit: boolean;
  room: Room;
  me: User;
}

/** One message: what it answers, its text, what others made of it, and what one can do with it. */
export function MessageRow(props: MessageRowProps) {
  const { rowKey, message, startsGroup, failure, isEdited, isLit, room, me } = props;
  const { id, author, body, created_at, edited_at, deleted_at } = message;
  const [isActive, setIsActive] = useState(false);
  const [open, setOpen] = useState<OpenLayer>(null);
  /** Where the focus goes back to when the picker was opened by a key: the button for it may be gone by then. */
  const pickedFrom = useRef<HTMLElement>(null);
  const row = useRef<HTMLElement>(null);
  const [dialog, setDialog] = useState<Details | "sheet" | null>(null);
  const longPress = useLongPress(() => setDialog("sheet"));
  const isDeleted = body == null || deleted_at != null;
  const isMention = !isDeleted && author.id !== me.id && mentions(body, me.username);
  const abilities = abilitiesOf(message, room, me.id);
  const actions = isDeleted ? [] : actionsOf(message, abilities, setDialog);
  const hasToolbar = !isDeleted && !isEdited && (isActive || open !== null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const isAlone = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPressed(event.nativeEvent, "react") && abilities.mayWrite) {
      pickedFrom.current = event.currentTarget;
      setOpen("emoji");
    } else if (event.key === "Enter" && isAlone) event.currentTarget.querySelector("button")?.focus();
    else {
      const action = actions.find(({ command }) => command && isPressed(event.nativeEvent, command));
      if (!action) return;
      action.run();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const openLayer = (layer: OpenLayer) => {
    setOpen(layer);
    pickedFrom.current?.focus({ preventScroll: true });
    pickedFrom.current = null;
  };
  return (
    <MessageFrame
      ref={row}
      id={id}
      rowKey={rowKey}
      author={author}
      at={created_at}
      startsGroup={startsGroup}
      isMention={isMention}
      isLit={isLit}
      isActive={isActive}
      onActive={setIsActive}
      onKeyDown={onKeyDown}
      gestures={isDeleted ? undefined : longPress}
    >
      {message.reply_to && !isDeleted ? <Quote roomId={room.id} messageId={message.reply_to} /> : null}
      {isEdited ? <MessageEditor message={message} /> : null}
      {isDeleted && !isEdited ? <p className="text-muted italic">This message was deleted.</p> : null}
      {isDeleted || isEdited ? null : <Markdown source={body} me={me.username} />}
      {edited_at != null && !isDeleted && !isEdited ? (
        <button
          type="button"
          className="rounded-control text-meta text-muted hover:underline"
          onClick={() => setDialog("edits")}
        >
          (edited)
        </button>
      ) : null}
      {message.reactions.length > 0 && !isDeleted ? (
        <Reactions message={message} userId={me.id} isFixed={!abilities.mayWrite} />
      ) : null}
      {failure ? (
        <Suspense>
          <FailedChange message={message} item={failure} />
        </Suspense>
      ) : null}
      {hasToolbar ? (
        <MessageToolbar
          message={message}
          userId={me.id}
          abilities={abilities}
          actions={actions}
          open={open}
          onOpen={openLayer}
        />
      ) : null}
      {dialog ? (
        <Suspense>
          {dialog === "edits" ? (
            <EditsDialog message={message} opener={row} onClose={() => setDialog(null)} />
          ) : null}
          {dialog === "readers" ? (
            <ReadersDialog message={message} room={room} opener={row} onClose={() => setDialog(null)} />
          ) : null}
          {dialog === "sheet" ? (
            <MessageSheet
              author={author.display_name}
              actions={actions}
              onReact={abilities.mayWrite ? (emoji) => toggleReaction(message, emoji, me.id) : null}
              onClose={() => setDialog((shown) => (shown === "sheet" ? null : shown))}
            />
          ) : null}
        </Suspense>
      ) : null}
    </MessageFrame>
  );
}

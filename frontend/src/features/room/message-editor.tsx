import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { editedText, endEdit, focusComposer, startEdit } from "@/entities/composing/composing-store";
import { keysInTextOf } from "@/entities/shortcuts/bindings";
import type { Message } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { remove, saveEdit } from "./message-actions";

/** A message's text, to be changed in place. Emptied, it is deleted. */
export function MessageEditor({ message }: { message: Message }) {
  const roomId = message.room_id;
  const [text, setText] = useState(() => editedText(roomId));
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const input = field.current;
    input?.focus({ preventScroll: true });
    input?.setSelectionRange(input.value.length, input.value.length);
    input?.scrollIntoView?.({ block: "nearest" });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text]);
  const close = () => {
    endEdit(roomId);
    focusComposer();
  };
  const save = () => {
    const body = text.trim();
    close();
    if (body === "") void remove(message);
    else if (body !== message.body) void saveEdit(message, body);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (event.key === "Escape") close();
    else if (event.key !== "Enter" || event.shiftKey) return;
    else save();
    event.preventDefault();
  };
  return (
    <div className="py-1">
      <textarea
        ref={field}
        value={text}
        rows={1}
        aria-label="Edit message"
        className="block max-h-[40dvh] w-full resize-none rounded-card border border-strong bg-surface px-3 py-2 outline-none focus:border-accent"
        onChange={(event) => {
          setText(event.target.value);
          startEdit(roomId, message.id, event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="mt-1.5 flex items-center gap-2">
        <Button look="primary" onClick={save}>
          Save
        </Button>
        <Button onClick={close}>Cancel</Button>
        <span className="text-meta text-muted max-md:hidden">
          {keysInTextOf("send")} saves · {keysInTextOf("close")} cancels
        </span>
      </div>
    </div>
  );
}

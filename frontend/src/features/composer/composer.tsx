import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useConnection } from "@/entities/connection/connection-store";
import { enqueue } from "@/entities/outbox/outbox";
import type { Room } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast-store";
import { bodyBytes, isInsideFence, MAX_BODY_BYTES } from "./body-limit";
import { ComposerHint } from "./composer-hint";
import { useAutoGrow } from "./use-auto-grow";
import { useDraft } from "./use-draft";

interface ComposerProps {
  room: Room;
  userId: string;
}

/** Where one writes. Mount with `key={room.id}`. Its text never lives above it, so typing renders nothing else. */
export function Composer({ room, userId }: ComposerProps) {
  const { text, change, flush } = useDraft(`${userId}:${room.id}`);
  const [isInFence, setIsInFence] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const connection = useConnection();
  useAutoGrow(input, text);
  const bytes = bodyBytes(text);
  const maySend = bytes > 0 && bytes <= MAX_BODY_BYTES;

  const send = async () => {
    if (!maySend) return;
    const body = text.trim();
    change("");
    setIsInFence(false);
    input.current?.focus();
    try {
      await enqueue(room.id, body);
      flush(); // only now: the draft goes when the message is safe
    } catch {
      change(body);
      toast("This browser could not keep your message, so it was not sent.", "error");
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229; // an input method is open
    if (event.key !== "Enter" || event.shiftKey || isComposing) return;
    const isForced = event.ctrlKey || event.metaKey;
    const makesLine = isInFence || matchMedia("(pointer: coarse)").matches;
    if (makesLine && !isForced) return;
    event.preventDefault();
    void send();
  };

  const lookAtCaret = (field: HTMLTextAreaElement) => {
    setIsInFence(isInsideFence(field.value.slice(0, field.selectionStart)));
  };

  if (room.archived_at) {
    return (
      <p className="px-5 py-4 text-center text-muted">
        This room is archived. Nobody can write here any more.
      </p>
    );
  }
  return (
    <div className="flex-none px-4 max-md:px-2">
      <div className="flex items-end gap-1 rounded-panel border border-strong bg-surface focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)]">
        <textarea
          ref={input}
          id="composer"
          value={text}
          rows={1}
          aria-label={`Message #${room.name}`}
          aria-describedby="composer-hint"
          placeholder={`Message #${room.name}`}
          className="block max-h-[min(20rem,40dvh)] self-center min-h-11 min-w-0 flex-1 resize-none bg-transparent px-3.5 py-2.75 outline-none"
          onChange={(event) => {
            change(event.target.value);
            lookAtCaret(event.target);
          }}
          onSelect={(event) => lookAtCaret(event.currentTarget)}
          onKeyDown={onKeyDown}
          onBlur={flush}
        />
        <button
          type="button"
          aria-label="Send message"
          disabled={!maySend}
          onClick={() => void send()}
          className="icon-button m-1.5 pointer-coarse:m-0.5 transition-colors enabled:bg-accent enabled:text-accent-fg enabled:hover:bg-accent enabled:hover:text-accent-fg enabled:hover:opacity-92"
        >
          <SendHorizontal size={17} />
        </button>
      </div>
      <ComposerHint
        bytes={bytes}
        isInFence={isInFence}
        isLive={connection.state === "live"}
        failures={connection.failures}
      />
    </div>
  );
}

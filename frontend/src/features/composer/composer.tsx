import { SendHorizontal, Smile } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { replyTo, useReplyTo } from "@/entities/composing/composing-store";
import { whenGivenBack } from "@/entities/composing/given-back";
import { useConnection } from "@/entities/connection/connection-store";
import { enqueue } from "@/entities/outbox/outbox";
import { sayNothing, sayTyping } from "@/entities/presence/presence-store";
import { resumeReading } from "@/entities/read-state/reading-hold";
import type { Room } from "@/shared/api/types";
import { EmojiPopover } from "@/shared/ui/emoji-popover";
import { IconButton } from "@/shared/ui/icon-button";
import { toast } from "@/shared/ui/toast-store";
import { bodyBytes, MAX_BODY_BYTES } from "./body-limit";
import { CompletionList } from "./completion-list";
import { ComposerHint } from "./composer-hint";
import { isInsideFence } from "./inside-code";
import { PasteOffer } from "./paste-offer";
import { replaceRange } from "./replace-range";
import { ReplyBanner } from "./reply-banner";
import { useAutoGrow } from "./use-auto-grow";
import { useAwaitedFocus } from "./use-awaited-focus";
import { useCompletion } from "./use-completion";
import { useComposerKeys } from "./use-composer-keys";
import { useDraft } from "./use-draft";
import { usePasteOffer } from "./use-paste-offer";
import { useShortcode } from "./use-shortcode";

interface ComposerProps {
  room: Room;
  userId: string;
}

/** Where one writes. Mount with `key={room.id}`. Its text never lives above it, so typing renders nothing else. */
export function Composer({ room, userId }: ComposerProps) {
  const { text, change, flush } = useDraft(`${userId}:${room.id}`);
  const [isInFence, setIsInFence] = useState(false);
  const [isPicking, setIsPicking] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const connection = useConnection();
  const answered = useReplyTo(room.id);
  const completion = useCompletion(room.id, input);
  const paste = usePasteOffer(input);
  const expandShortcode = useShortcode();
  useAutoGrow(input, text);
  useAwaitedFocus(room.id, input);
  const bytes = bodyBytes(text);
  const maySend = bytes > 0 && bytes <= MAX_BODY_BYTES;
  useEffect(
    () =>
      whenGivenBack(room.id, (body) => {
        const before = input.current?.value.trimEnd() ?? "";
        change(before ? `${before}\n${body}` : body);
        input.current?.focus();
      }),
    [room.id, change],
  );

  const send = async () => {
    if (!maySend) return;
    const body = text.trim();
    change("");
    setIsInFence(false);
    completion.close();
    paste.dismiss();
    replyTo(room.id, null);
    sayNothing();
    input.current?.focus();
    try {
      await (answered ? enqueue(room.id, body, { reply_to: answered.id }) : enqueue(room.id, body));
      flush(); // only now: the draft goes when the message is safe
      resumeReading();
    } catch {
      change(body);
      replyTo(room.id, answered);
      toast("This browser could not keep your message, so it was not sent.", "error");
    }
  };

  const lookAtCaret = (field: HTMLTextAreaElement) => {
    setIsInFence(isInsideFence(field.value.slice(0, field.selectionStart)));
    completion.look(field);
  };
  const onKeyDown = useComposerKeys({
    room,
    userId,
    completion,
    isInFence,
    isAnswering: answered !== null,
    send: () => void send(),
    pickEmoji: () => setIsPicking(true),
    pasteAsCode: paste.forceNext,
  });

  const { role: _role, "aria-expanded": _expanded, onKeyDown: _keys, ...combo } = completion.combo.input;
  return (
    <div className="relative flex-none px-(--gutter)">
      <div className="relative rounded-panel border border-strong bg-surface focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)]">
        <CompletionList suggestions={completion.suggestions} combo={completion.combo} />
        {answered ? <ReplyBanner message={answered} onCancel={() => replyTo(room.id, null)} /> : null}
        {paste.hasOffer ? <PasteOffer onAccept={paste.accept} onDismiss={paste.dismiss} /> : null}
        <div className="flex items-end gap-1">
          <textarea
            {...combo}
            ref={input}
            id="composer"
            value={text}
            rows={1}
            dir="auto"
            aria-label={`Message #${room.name}`}
            aria-describedby="composer-hint"
            placeholder={`Message #${room.name}`}
            className="field-sizing-content block max-h-[min(20rem,40dvh)] min-h-11 min-w-0 flex-1 resize-none self-center bg-transparent px-3.5 py-2.75 outline-none"
            onChange={(event) => {
              change(event.target.value);
              lookAtCaret(event.target);
              void expandShortcode(event);
              if (event.target.value.trim()) sayTyping(room.id);
              else sayNothing();
            }}
            onSelect={(event) => lookAtCaret(event.currentTarget)}
            onKeyDown={onKeyDown}
            onPaste={paste.onPaste}
            onBlur={() => {
              flush();
              completion.close();
            }}
          />
          <EmojiPopover
            isOpen={isPicking}
            onOpenChange={setIsPicking}
            onPick={(emoji) => {
              const field = input.current;
              if (field) replaceRange(field, field.selectionStart, field.selectionEnd, emoji);
            }}
          >
            {(button) => (
              <IconButton {...button} label="Insert emoji" className="my-1.5 pointer-coarse:my-0.5">
                <Smile size={18} />
              </IconButton>
            )}
          </EmojiPopover>
          <button
            type="button"
            aria-label="Send message"
            disabled={!maySend}
            onClick={() => void send()}
            className="icon-button m-1.5 ml-0 transition-colors enabled:bg-accent enabled:text-accent-fg enabled:hover:bg-accent enabled:hover:text-accent-fg enabled:hover:opacity-92 pointer-coarse:m-0.5"
          >
            <SendHorizontal size={17} />
          </button>
        </div>
      </div>
      <ComposerHint
        bytes={bytes}
        isInFence={isInFence}
        isLive={connection.state === "live"}
        failures={connection.failures}
        roomId={room.id}
        userId={userId}
      />
    </div>
  );
}

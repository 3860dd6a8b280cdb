import { usePreference } from "@/entities/preferences/preferences";
import { useTyping } from "@/entities/presence/presence-store";
import { keysInTextOf } from "@/entities/shortcuts/bindings";
import { MAX_BODY_BYTES } from "./body-limit";
import { TypingLine } from "./typing-line";

interface ComposerHintProps {
  bytes: number;
  isInFence: boolean;
  isLive: boolean;
  failures: number;
  roomId: string;
  userId: string;
}

const NEAR_LIMIT = 0.9;

/** The line under the composer. Its height is fixed, so nothing above ever shifts. */
export function ComposerHint({ bytes, isInFence, isLive, failures, roomId, userId }: ComposerHintProps) {
  const isSomebodyTyping = useTyping(roomId).some((id) => id !== userId);
  const enterSends = usePreference("enterSends") === "on";
  const isOver = bytes > MAX_BODY_BYTES;
  return (
    <p
      id="composer-hint"
      className={`flex h-6 items-center justify-between gap-3 px-3.75 text-meta ${isOver ? "text-danger" : "text-muted"}`}
    >
      {isSomebodyTyping ? (
        <TypingLine roomId={roomId} userId={userId} />
      ) : (
        <span className="truncate max-md:hidden">{hint(isInFence, enterSends)}</span>
      )}
      {bytes > MAX_BODY_BYTES * NEAR_LIMIT ? (
        <span className="ml-auto tabular-nums">
          {bytes.toLocaleString()} of {MAX_BODY_BYTES.toLocaleString()} bytes
          {isOver ? ": too long to send" : ""}
        </span>
      ) : null}
      {!isLive && failures > 0 ? <span className="ml-auto">Will be sent when you are back</span> : null}
    </p>
  );
}

function hint(isInFence: boolean, enterSends: boolean): string {
  const [enter, sendAnyway] = [keysInTextOf("send"), keysInTextOf("sendAnyway")];
  if (isInFence) return `${enter} makes a line in the code · ${sendAnyway} sends`;
  if (!enterSends) return `${enter} makes a line · ${sendAnyway} sends · Markdown and \`\`\`code\`\`\` work`;
  return `${enter} sends · ${keysInTextOf("line")} makes a line · Markdown and \`\`\`code\`\`\` work`;
}

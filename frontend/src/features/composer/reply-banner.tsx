import { Reply, X } from "lucide-react";
import type { Message } from "@/shared/api/types";
import { plainSummary } from "@/shared/lib/markdown/plain-summary";

/** Above the message box: what the message will answer. */
export function ReplyBanner({ message, onCancel }: { message: Message; onCancel: () => void }) {
  return (
    <div className="flex items-center gap-2 border-line border-b px-3.5 py-1 text-sm">
      <Reply size={15} className="flex-none text-muted" aria-hidden="true" />
      <p className="min-w-0 flex-1 truncate text-muted">
        Replying to <span className="font-medium text-fg">{message.author.display_name}</span>:{" "}
        {plainSummary(message.body ?? "")}
      </p>
      <button type="button" aria-label="Cancel reply" className="icon-button" onClick={onCancel}>
        <X size={15} />
      </button>
    </div>
  );
}

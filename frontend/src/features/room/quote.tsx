import { useNavigate } from "@tanstack/react-router";
import { CornerUpRight } from "lucide-react";
import { setSpotlight } from "@/entities/timeline/spotlight";
import { findMessage } from "@/entities/timeline/timeline";
import { useTimeline } from "@/entities/timeline/timeline-store";
import { $api } from "@/shared/api/client";
import { plainSummary } from "@/shared/lib/markdown/plain-summary";

const MESSAGE = "/api/v1/rooms/{room_id}/messages/{message_id}";

/** Above an answer: what it answers, asked for where it stands above what was loaded. Leads there. */
export function Quote({ roomId, messageId }: { roomId: string; messageId: string }) {
  const held = findMessage(useTimeline(roomId), messageId);
  const params = { path: { room_id: roomId, message_id: messageId } };
  const old = $api.useQuery("get", MESSAGE, { params }, { enabled: !held, retry: false });
  const quoted = held ?? old.data;
  const navigate = useNavigate();
  const className =
    "mb-0.5 flex max-w-full items-center gap-1.5 rounded-control text-left text-meta text-muted";
  const icon = <CornerUpRight size={13} className="flex-none" aria-hidden="true" />;
  if (!quoted) return <p className={className}>{icon} In reply to an earlier message</p>;
  const go = () => {
    setSpotlight({ roomId, seq: quoted.seq });
    void navigate({ to: "/r/$roomId", params: { roomId }, search: (now) => ({ ...now, m: quoted.seq }) });
  };
  return (
    <button type="button" onClick={go} className={`${className} quote touch-target hover:text-fg`}>
      {icon}
      <span className="flex-none font-semibold">{quoted.author.display_name}</span>
      <span className="truncate">
        {quoted.body == null ? "This message was deleted." : plainSummary(quoted.body)}
      </span>
    </button>
  );
}

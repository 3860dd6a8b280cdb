import { ChevronRight, Hash, Lock } from "lucide-react";
import type { Room } from "@/shared/api/types";
import { CodeBlock } from "@/shared/lib/code/code-block";
import { formatDay } from "@/shared/lib/time";

/** The very beginning of a room. */
export function RoomIntro({ room }: { room: Room }) {
  const Icon = room.visibility === "private" ? Lock : Hash;
  return (
    <section className="wrap-anywhere px-(--gutter) pt-6 pb-3" aria-label="About this room">
      <span className="mb-3 grid size-12 place-items-center rounded-panel bg-accent-soft text-accent">
        <Icon size={24} aria-hidden="true" />
      </span>
      <h2 className="font-semibold text-page">This is the start of #{room.name}</h2>
      <p className="mt-1 max-w-prose text-muted empty:hidden">{room.topic}</p>
      <p className="mt-1 max-w-prose text-muted">
        Created {formatDay(room.created_at).replace(/^(Today|Yesterday)$/, (day) => day.toLowerCase())}.{" "}
        {room.visibility === "private" ? "Only people who were added can see it." : "Anyone can join it."}
      </p>
      <details className="mt-3 max-w-2xl text-sm">
        <summary className="touch-target flex -ml-1 min-h-8 w-fit items-center gap-1.5 rounded-control pr-1 font-medium text-accent">
          <ChevronRight size={14} className="chevron flex-none" aria-hidden="true" />
          Post here from code
        </summary>
        <div className="mt-2">
          <CodeBlock language="bash" code={curlExample(room.id)} />
        </div>
      </details>
    </section>
  );
}

const curlExample = (roomId: string) => `curl -X POST ${location.origin}/api/v1/rooms/${roomId}/messages \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"client_id": "'$(uuidgen)'", "body": "Deployed **1.4.2**"}'`;

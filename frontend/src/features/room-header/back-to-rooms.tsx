import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useReadStates } from "@/entities/read-state/read-state-store";

/** On phones, where the list is another screen: the way to it, and whether something waits there. */
export function BackToRooms({ roomId }: { roomId: string }) {
  const others = Object.entries(useReadStates()).filter(([id]) => id !== roomId);
  const mentions = others.reduce((sum, [, room]) => sum + room.mentions, 0);
  const isWaiting = others.some(([, room]) => room.unread > 0);
  const named = mentions === 1 ? "1 mention" : `${mentions} mentions`;
  const waiting = mentions > 0 ? `, ${named}` : isWaiting ? ", unread messages" : "";
  return (
    <Link to="/" aria-label={`Back to rooms${waiting}`} className="icon-button relative md:hidden">
      <ArrowLeft size={20} />
      {isWaiting ? (
        <span
          aria-hidden="true"
          className={`absolute top-1 right-0.5 pointer-coarse:top-2 pointer-coarse:right-1.5 size-2.5 rounded-full border-2 border-surface ${mentions > 0 ? "bg-badge" : "bg-accent"}`}
        />
      ) : null}
    </Link>
  );
}

import { useTyping } from "@/entities/presence/presence-store";
import { usePeople } from "@/entities/rooms/use-people";
import { describeTyping } from "./describe-typing";

/** "Ada is typing" under the message box. Not read out: it would never stop. */
export function TypingLine({ roomId, userId }: { roomId: string; userId: string }) {
  const typists = useTyping(roomId).filter((id) => id !== userId);
  const people = usePeople(roomId, typists.length > 0);
  if (typists.length === 0 || !people) return null;
  const names = typists.map((id) => people.find((person) => person.id === id)?.display_name ?? "Somebody");
  return (
    <span className="typing truncate" aria-hidden="true">
      {describeTyping(names)}
    </span>
  );
}

/** Completion of names in the message box. What it chooses from is asked for when somebody begins a name. */
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import { myRooms } from "@/entities/rooms/my-rooms";
import { usePeopleCalled } from "@/entities/rooms/use-people";
import { useCombo } from "@/shared/ui/use-combo";
import {
  type Naming,
  namingAt,
  type Suggestion,
  suggestEmoji,
  suggestPeople,
  suggestRooms,
} from "./completion";
import { emojiNamesQuery } from "./emoji-names";
import { replaceRange } from "./replace-range";

const LABELS = { "@": "People", "#": "Rooms", ":": "Emoji" };

export function useCompletion(roomId: string, field: RefObject<HTMLTextAreaElement | null>) {
  const [naming, setNaming] = useState<Naming | null>(null);
  /** Sent away with Esc; the next name asks again. */
  const [dismissedAt, setDismissedAt] = useState<number | null>(null);
  const current = naming && naming.from !== dismissedAt ? naming : null;
  const found = useSuggestions(roomId, current);
  // A name that is complete already asks nothing, so that Enter sends.
  const isComplete = found[0]?.insert.trim() === `${current?.sign}${current?.typed}`;
  const suggestions = isComplete ? [] : found;
  const combo = useCombo({
    options: suggestions,
    query: `${current?.sign}${current?.typed}`,
    label: current ? LABELS[current.sign] : "Suggestions",
    acceptsTab: true,
    onPick: ({ insert }) => {
      if (field.current && current) {
        replaceRange(field.current, current.from, current.from + current.typed.length + 1, insert);
      }
      setNaming(null);
    },
    onClose: () => setDismissedAt(current?.from ?? null),
  });
  const look = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) => {
    const next = selectionStart === selectionEnd ? namingAt(value, selectionStart) : null;
    if (next?.from !== naming?.from) setDismissedAt(null);
    setNaming(next);
  };
  return { suggestions, combo, look, close: () => setNaming(null) };
}

function useSuggestions(roomId: string, naming: Naming | null): Suggestion[] {
  const people = usePeopleCalled(roomId, naming?.sign === "@" ? naming.typed : null);
  const { data: emoji } = useQuery({ ...emojiNamesQuery, enabled: naming?.sign === ":" });
  switch (naming?.sign) {
    case "@":
      return suggestPeople(naming.typed, people);
    case "#":
      return suggestRooms(naming.typed, myRooms());
    case ":":
      return suggestEmoji(naming.typed, emoji ?? {});
    default:
      return [];
  }
}

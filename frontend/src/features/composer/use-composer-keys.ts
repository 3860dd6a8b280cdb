/** The keys of the message box, in the order in which they are asked: completion, formats, answers and edits, Enter. */
import type { KeyboardEvent } from "react";
import { replyTo, startEdit } from "@/entities/composing/composing-store";
import { preferences } from "@/entities/preferences/preferences";
import { isPressed } from "@/entities/shortcuts/bindings";
import { timelineOf } from "@/entities/timeline/timeline-store";
import type { Room } from "@/shared/api/types";
import { formatByKey } from "./formatting";
import { lastMine } from "./last-mine";
import type { useCompletion } from "./use-completion";

interface ComposerKeys {
  room: Room;
  userId: string;
  completion: ReturnType<typeof useCompletion>;
  isInFence: boolean;
  isAnswering: boolean;
  send: () => void;
  pickEmoji: () => void;
  pasteAsCode: () => void;
}

export function useComposerKeys(keys: ComposerKeys) {
  const { room, userId, completion, isInFence, isAnswering } = keys;
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229; // an input method is open
    if (isComposing) return;
    const field = event.currentTarget;
    const done = () => event.preventDefault();
    if (completion.suggestions.length > 0) {
      completion.combo.input.onKeyDown(event);
      if (event.defaultPrevented) return;
    }
    if (isPressed(event.nativeEvent, "pasteCode")) return keys.pasteAsCode(); // the paste itself comes next
    if (isPressed(event.nativeEvent, "emoji")) {
      done();
      return keys.pickEmoji();
    }
    if (formatByKey(event.nativeEvent, field)) return done();
    if (event.key === "Escape" && isAnswering) {
      done();
      return replyTo(room.id, null);
    }
    if (field.value === "" && isPressed(event.nativeEvent, "editLast")) {
      done();
      return editLast(room.id, userId);
    }
    if (field.value === "" && isPressed(event.nativeEvent, "answerLast")) {
      done();
      return answerLast(room.id);
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    const isForced = event.ctrlKey || event.metaKey;
    const makesLine =
      isInFence || preferences().enterSends === "off" || matchMedia("(pointer: coarse)").matches;
    if (makesLine && !isForced) return;
    done();
    keys.send();
  };
}

function editLast(roomId: string, userId: string) {
  const message = lastMine(roomId, userId);
  if (message) startEdit(roomId, message.id, message.body ?? "");
}

function answerLast(roomId: string) {
  const last = timelineOf(roomId).entries.findLast(
    (entry) => entry.kind === "message" && entry.message.body != null,
  );
  if (last?.kind === "message") replyTo(roomId, last.message);
}

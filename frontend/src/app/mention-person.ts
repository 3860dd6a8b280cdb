/** Mentions somebody where one writes: in the room that is open, or else in the latest one that both are in. */
import type { UseNavigateResult } from "@tanstack/react-router";
import { awaitComposer } from "@/entities/composing/composing-store";
import { readDraft, writeDraft } from "@/entities/drafts/drafts";
import { sharedRoom } from "@/entities/rooms/shared-room";
import { replaceRange } from "@/features/composer/replace-range";
import { describeError } from "@/shared/api/api-error";
import type { UserSummary } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast-store";

const messageBox = () => {
  const box = document.getElementById("composer");
  return box instanceof HTMLTextAreaElement ? box : null;
};

export function mentionPerson(navigate: UseNavigateResult<string>, me: UserSummary, user: UserSummary) {
  // Once the dialog no longer covers the page.
  requestAnimationFrame(() => {
    const box = messageBox();
    if (box) replaceRange(box, box.selectionStart, box.selectionEnd, `@${user.username} `);
    else mentionElsewhere(navigate, me, user).catch((error) => toast(describeError(error), "error"));
  });
}

/** What stands in that room's draft stays before it. */
async function mentionElsewhere(navigate: UseNavigateResult<string>, me: UserSummary, user: UserSummary) {
  const room = await sharedRoom(user);
  if (!room) return void toast(`None of your latest rooms has ${user.display_name} in it`);
  const key = `${me.id}:${room.id}`;
  const draft = await readDraft(key);
  await writeDraft(key, `${draft.replace(/\S$/, "$& ")}@${user.username} `);
  awaitComposer(room.id);
  await navigate({ to: "/r/$roomId", params: { roomId: room.id } });
}

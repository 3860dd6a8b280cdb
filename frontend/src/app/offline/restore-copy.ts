/** Puts back what this browser last knew, for when the server can't be reached at all. */
import { connectionStore } from "@/entities/connection/connection-store";
import { seedReadStates } from "@/entities/read-state/read-state-store";
import { myRoomsQuery, refetchMyRooms } from "@/entities/rooms/my-rooms";
import { emptyTimeline, fromPage } from "@/entities/timeline/timeline";
import { updateTimelines } from "@/entities/timeline/timeline-store";
import { accessToken } from "@/shared/api/access-token";
import { queryClient } from "@/shared/api/query-client";
import type { User } from "@/shared/api/types";
import { readCopy } from "./copy";

/**
 * Who was signed in here last, with the stores as they were; null when nothing is kept. The first connection proves
 * whether the session still stands, and that it is theirs; until then nothing leaves this browser.
 */
export async function restoreCopy(): Promise<User | null> {
  const copy = await readCopy().catch(() => null);
  if (!copy) return null;
  const { user, rooms, pages } = copy;
  accessToken.expect(user.id);
  queryClient.setQueryData(myRoomsQuery.queryKey, rooms);
  seedReadStates(
    rooms.map((room) => ({ roomId: room.id, count: room })),
    true,
  );
  updateTimelines(() =>
    Object.fromEntries([...pages].map(([roomId, page]) => [roomId, fromPage(emptyTimeline, page)])),
  );
  refetchRoomsOnceLive();
  return user;
}

/** Rooms without a kept timeline resume at their head, so a change of name meanwhile comes by no event. */
function refetchRoomsOnceLive() {
  const stop = connectionStore.subscribe(({ state }) => {
    if (state !== "live") return;
    stop();
    void refetchMyRooms();
  });
}

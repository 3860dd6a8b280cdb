import { $api } from "@/shared/api/client";
import type { UserSummary } from "@/shared/api/types";

/** The first hundred people of a room, for names and completion. Shares its answer with the member pane. */
export function usePeople(roomId: string, isWanted = true): UserSummary[] | undefined {
  const { data } = $api.useInfiniteQuery(
    "get",
    "/api/v1/rooms/{room_id}/members",
    { params: { path: { room_id: roomId }, query: { limit: 100 } } },
    {
      pageParamName: "cursor",
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      enabled: isWanted,
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
  return data?.pages.flatMap(({ items }) => items.map(({ user }) => user));
}

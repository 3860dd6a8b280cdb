import { $api } from "@/shared/api/client";

/** Who is in a room, a hundred at a time; the socket's events say when to ask again. */
export function useMembers(roomId: string) {
  return $api.useInfiniteQuery(
    "get",
    "/api/v1/rooms/{room_id}/members",
    { params: { path: { room_id: roomId }, query: { limit: 100 } } },
    {
      pageParamName: "cursor",
      initialPageParam: null, // with `undefined` the library would send `cursor=0`
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
}

import { $api } from "@/shared/api/client";
import type { UserSummary } from "@/shared/api/types";
import { useSettled } from "@/shared/lib/use-settled";

const MEMBERS = "/api/v1/rooms/{room_id}/members";
const ASK_AFTER_MS = 150;
const MAX_FOUND = 20;

/** The first hundred people of a room, for names and completion. Shares its answer with the member pane. */
export function usePeople(roomId: string, isWanted = true): UserSummary[] | undefined {
  return useFirstPeople(roomId, isWanted).people;
}

/** Who may be meant by what is typed: those at hand, and in a large room those whom the server finds, too. */
export function usePeopleCalled(roomId: string, typed: string | null): UserSummary[] {
  const { people = [], areAll } = useFirstPeople(roomId, typed !== null);
  const query = useSettled(typed ?? "", ASK_AFTER_MS);
  const { data } = $api.useQuery(
    "get",
    MEMBERS,
    { params: { path: { room_id: roomId }, query: { query, limit: MAX_FOUND } } },
    { enabled: typed !== null && !areAll && query !== "" },
  );
  const atHand = new Set(people.map(({ id }) => id));
  const found = data?.items.map(({ user }) => user).filter(({ id }) => !atHand.has(id)) ?? [];
  return [...people, ...found];
}

function useFirstPeople(roomId: string, isWanted: boolean) {
  const { data } = $api.useInfiniteQuery(
    "get",
    MEMBERS,
    { params: { path: { room_id: roomId }, query: { limit: 100 } } },
    {
      pageParamName: "cursor",
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      enabled: isWanted,
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
  return {
    people: data?.pages.flatMap(({ items }) => items.map(({ user }) => user)),
    areAll: data?.pages.at(-1)?.next_cursor === null,
  };
}

import { SearchX } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";
import { DirectoryRow } from "./directory-row";

/** Public rooms that I am not in yet. */
export function RoomDirectory() {
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query.trim());
  const rooms = $api.useInfiniteQuery(
    "get",
    "/api/v1/rooms",
    { params: { query: { joined: false, limit: 50, ...(wanted ? { query: wanted } : {}) } } },
    {
      pageParamName: "cursor",
      initialPageParam: null, // with `undefined` the library would send `cursor=0`
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: 0,
      placeholderData: (before) => before,
    },
  );
  const items = rooms.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="mx-auto w-full max-w-2xl px-(--gutter) py-6">
      <TextField
        label="Find a room"
        type="search"
        placeholder="Name or topic"
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className="mt-5">
        {rooms.isError ? (
          <div className="mb-3 flex flex-col items-start gap-3">
            <FormAlert message={describeError(rooms.error)} />
            <Button onClick={() => void rooms.refetch()}>Retry</Button>
          </div>
        ) : null}
        {rooms.isPending ? <DirectorySkeleton /> : null}
        {rooms.isSuccess && items.length === 0 ? (
          <EmptyState icon={SearchX} title={wanted ? `No room found for “${wanted}”` : "No rooms to join"}>
            <p>
              {wanted
                ? "Try another name."
                : "You are in every public room there is. Create a new one with +."}
            </p>
          </EmptyState>
        ) : null}
        <ul className="space-y-2">
          {items.map((room) => (
            <DirectoryRow key={room.id} room={room} />
          ))}
        </ul>
        {rooms.hasNextPage ? (
          <Button className="mt-3 w-full" onClick={() => void rooms.fetchNextPage()}>
            Show more
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function DirectorySkeleton() {
  return (
    <div className="appear-late space-y-2" aria-hidden="true">
      {["a", "b", "c"].map((id) => (
        <div key={id} className="skeleton h-18" />
      ))}
    </div>
  );
}

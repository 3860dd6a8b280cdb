import { useDeferredValue, useState } from "react";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { TextField } from "@/shared/ui/text-field";
import { RoomOutlineRow } from "./room-outline-row";

/** Every room of the server from outside, for server admins. Nothing can be done to them here. */
export function AllRooms() {
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const rooms = $api.useInfiniteQuery(
    "get",
    "/api/v1/admin/rooms",
    { params: { query: { limit: 50, ...(query ? { query } : {}) } } },
    {
      pageParamName: "cursor",
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: 0,
      placeholderData: (previous) => previous,
    },
  );
  const items = rooms.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title="Rooms"
      hint="All there are, private ones too. What is said in a room is for its members, and only its admins change it."
    >
      <TextField
        label="Find a room"
        type="search"
        name="query"
        autoComplete="off"
        value={text}
        maxLength={80}
        onChange={(event) => setText(event.target.value)}
      />
      {rooms.isError ? <FormAlert message={describeError(rooms.error)} /> : null}
      {rooms.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
      {rooms.isSuccess && items.length === 0 ? (
        <p className="text-muted">{query ? `No room is called “${query}”.` : "There are no rooms yet."}</p>
      ) : null}
      {items.length > 0 ? (
        <ul className="divide-y divide-line">
          {items.map((room) => (
            <RoomOutlineRow key={room.id} room={room} />
          ))}
        </ul>
      ) : null}
      {rooms.hasNextPage ? (
        <Button
          className="w-full"
          disabled={rooms.isFetchingNextPage}
          onClick={() => void rooms.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </Section>
  );
}

import { useDeferredValue, useState } from "react";
import { $api } from "@/shared/api/client";
import { Section } from "@/shared/ui/section";
import { TextField } from "@/shared/ui/text-field";
import { PagedRows } from "./paged-rows";
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
      <PagedRows
        list={rooms}
        empty={query ? `No room is called “${query}”.` : "There are no rooms yet."}
        row={(room) => <RoomOutlineRow key={room.id} room={room} />}
      />
    </Section>
  );
}

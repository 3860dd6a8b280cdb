import type { RefObject } from "react";
import { useIsOnline } from "@/entities/presence/presence-store";
import { $api } from "@/shared/api/client";
import type { Message, Room, UserSummary } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { PersonRow } from "@/shared/ui/person-row";

interface ReadersDialogProps {
  message: Message;
  room: Room;
  /** The message’s row. */
  opener?: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Who has read a message, as it was when this was opened. */
export default function ReadersDialog({ message, room, opener, onClose }: ReadersDialogProps) {
  const readers = $api.useInfiniteQuery(
    "get",
    "/api/v1/rooms/{room_id}/messages/{message_id}/readers",
    { params: { path: { room_id: room.id, message_id: message.id }, query: { limit: 100 } } },
    {
      pageParamName: "cursor",
      initialPageParam: null, // with `undefined` the library would send `cursor=0`
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: 0,
      gcTime: 0,
    },
  );
  const people = readers.data?.pages.flatMap((page) => page.items) ?? [];
  const ask = readers.isFetchNextPageError ? readers.fetchNextPage : readers.refetch;
  return (
    <Dialog title="Who read this" opener={opener} onClose={onClose}>
      <p role="status" className="mb-3 font-medium empty:hidden">
        {readers.data ? describe(people.length, readers.hasNextPage, room.member_count) : null}
      </p>
      {readers.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
      {people.length > 0 ? (
        <ul aria-label="Readers" tabIndex={0} className="-mx-2 max-h-[60dvh] overflow-y-auto">
          {people.map((user) => (
            <ReaderRow key={user.id} user={user} />
          ))}
        </ul>
      ) : null}
      {readers.isError ? (
        <p role="alert" className="flex items-center gap-3 text-danger">
          Could not load who read it.
          <Button disabled={readers.isFetching} onClick={() => void ask()}>
            Retry
          </Button>
        </p>
      ) : null}
      {readers.hasNextPage && !readers.isError ? (
        <Button
          className="mt-2 w-full"
          disabled={readers.isFetching}
          onClick={() => void readers.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
      <p className="mt-4 text-muted text-sm">
        People who don’t share what they have read are not listed, nor is anyone who joined later.
      </p>
    </Dialog>
  );
}

function ReaderRow({ user }: { user: UserSummary }) {
  return <PersonRow user={user} isOnline={useIsOnline(user.id)} />;
}

function describe(count: number, hasMore: boolean, memberCount: number): string {
  if (count === 0) return "Nobody has read this yet.";
  // All but the author, who may have left and is no member then.
  const others = Math.max(memberCount - 1, count);
  return `Read by ${hasMore ? "more than " : ""}${count} of ${others}`;
}

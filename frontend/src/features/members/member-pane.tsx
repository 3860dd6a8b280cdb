import { X } from "lucide-react";
import type { ReactNode } from "react";
import { $api } from "@/shared/api/client";
import type { Room } from "@/shared/api/types";
import { useEscape } from "@/shared/lib/use-escape";
import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { AddPeople } from "./add-people";
import { MemberRow } from "./member-row";

interface MemberPaneProps {
  room: Room;
  onClose: () => void;
}

/** Who is in the room, beside it: a column on wide screens, over the room on narrower ones. */
export function MemberPane({ room, onClose }: MemberPaneProps) {
  const members = $api.useInfiniteQuery(
    "get",
    "/api/v1/rooms/{room_id}/members",
    { params: { path: { room_id: room.id }, query: { limit: 100 } } },
    {
      pageParamName: "cursor",
      initialPageParam: null, // with `undefined` the library would send `cursor=0`
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
  useEscape(onClose);
  const mayAdd = room.role === "owner" || room.role === "admin";
  return (
    <aside
      aria-label="Members"
      className="flex w-80 flex-none flex-col border-line border-l bg-surface max-wide:absolute max-wide:inset-y-0 max-wide:right-0 max-wide:z-20 max-wide:shadow-float max-md:w-full max-md:border-0"
    >
      <header className="flex h-14 flex-none items-center justify-between border-line border-b pr-2 pl-4">
        <h2 className="font-semibold">
          Members <span className="font-normal text-muted tabular-nums">{room.member_count}</span>
        </h2>
        <IconButton label="Close members" onClick={onClose}>
          <X size={18} />
        </IconButton>
      </header>
      {mayAdd ? <AddPeople roomId={room.id} /> : null}
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {members.isPending ? <MemberSkeleton /> : null}
        {members.isError ? (
          <Message>
            Could not load the members. <Button onClick={() => void members.refetch()}>Retry</Button>
          </Message>
        ) : null}
        <ul>
          {members.data?.pages.flatMap((page) =>
            page.items.map((member) => <MemberRow key={member.user.id} member={member} />),
          )}
        </ul>
        {members.hasNextPage ? (
          <Button className="mt-2 w-full" onClick={() => void members.fetchNextPage()}>
            Show more
          </Button>
        ) : null}
      </div>
    </aside>
  );
}

const Message = ({ children }: { children: ReactNode }) => (
  <p className="flex flex-col items-start gap-2 p-2 text-muted text-sm">{children}</p>
);

function MemberSkeleton() {
  return (
    <div className="appear-late space-y-3 p-2" aria-hidden="true">
      {["w-32", "w-40", "w-28"].map((width) => (
        <div key={width} className="flex items-center gap-2.5">
          <div className="skeleton size-7" />
          <div className={`skeleton h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  );
}

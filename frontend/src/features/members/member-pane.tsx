import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { mayAddPeople } from "@/entities/rooms/permissions";
import type { Room } from "@/shared/api/types";
import { useEscape } from "@/shared/lib/use-escape";
import { useFocusReturn } from "@/shared/lib/use-focus-return";
import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { AddPeople } from "./add-people";
import { MemberRow } from "./member-row";
import { MemberSkeleton } from "./member-skeleton";
import { useMembers } from "./use-members";

interface MemberPaneProps {
  room: Room;
  onClose: () => void;
}

/** Who is in the room, beside it: a column on wide screens, over the room on narrower ones. */
export default function MemberPane({ room, onClose }: MemberPaneProps) {
  const members = useMembers(room.id);
  const pane = useRef<HTMLElement>(null);
  useEscape(onClose);
  useFocusReturn(pane);
  return (
    <aside
      ref={pane}
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
      {mayAddPeople(room) ? (
        <div className="border-line border-b px-4 pt-3 pb-4">
          <AddPeople roomId={room.id} />
        </div>
      ) : null}
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

import { UserMinus } from "lucide-react";
import { useState } from "react";
import { mayAddPeople, mayRemove } from "@/entities/rooms/permissions";
import { useMe } from "@/entities/session/session-store";
import type { Member, Room } from "@/shared/api/types";
import { Avatar } from "@/shared/ui/avatar";
import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { Section } from "@/shared/ui/section";
import { AddPeople } from "./add-people";
import { MemberSkeleton } from "./member-skeleton";
import { RemoveMemberDialog } from "./remove-member-dialog";
import { RoleSelect } from "./role-select";
import { useMembers } from "./use-members";

/** A room's people with their roles; who may, changes them here. */
export function ManagedMembers({ room }: { room: Room }) {
  const me = useMe();
  const members = useMembers(room.id);
  const [removing, setRemoving] = useState<Member | null>(null);
  const items = members.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {mayAddPeople(room) ? (
        <Section title="Add people" hint="They see everything that was written here.">
          <AddPeople roomId={room.id} label="Find somebody" />
        </Section>
      ) : null}
      <Section
        title={`${room.member_count} ${room.member_count === 1 ? "member" : "members"}`}
        hint="Admins change the room and remove members. Owners may do everything; a room keeps at least one."
      >
        {members.isPending ? <MemberSkeleton /> : null}
        {members.isError ? (
          <p className="flex items-center gap-3 text-muted text-sm">
            Could not load the members. <Button onClick={() => void members.refetch()}>Retry</Button>
          </p>
        ) : null}
        <ul className="divide-y divide-line">
          {items.map((member) => (
            <li key={member.user.id} className="flex min-h-14 flex-wrap items-center gap-x-3 py-2">
              <Avatar id={member.user.id} name={member.user.display_name} size="sm" />
              <span className="min-w-28 flex-1">
                <span className="wrap-anywhere block font-medium leading-5">
                  {member.user.display_name}
                  {member.user.id === me.id ? <span className="text-muted"> (you)</span> : null}
                </span>
                <span className="block truncate text-meta text-muted leading-4">@{member.user.username}</span>
              </span>
              <div className="ml-auto flex items-center gap-3">
                <RoleSelect room={room} member={member} isMe={member.user.id === me.id} />
                {mayRemove(room, member.role) && member.user.id !== me.id ? (
                  <IconButton
                    label={`Remove ${member.user.display_name}`}
                    onClick={() => setRemoving(member)}
                  >
                    <UserMinus size={17} />
                  </IconButton>
                ) : (
                  <span className="w-8 pointer-coarse:w-11" />
                )}
              </div>
            </li>
          ))}
        </ul>
        {members.hasNextPage ? (
          <Button className="w-full" onClick={() => void members.fetchNextPage()}>
            Show more
          </Button>
        ) : null}
      </Section>
      {removing ? (
        <RemoveMemberDialog room={room} user={removing.user} onClose={() => setRemoving(null)} />
      ) : null}
    </>
  );
}

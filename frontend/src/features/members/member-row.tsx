import { useIsOnline } from "@/entities/presence/presence-store";
import type { Member } from "@/shared/api/types";
import { Avatar } from "@/shared/ui/avatar";

export function MemberRow({ member: { user, role } }: { member: Member }) {
  const isOnline = useIsOnline(user.id);
  return (
    <li className="flex min-h-11 items-center gap-2.5 rounded-control px-2 py-1 hover:bg-hover">
      <span className="relative">
        <Avatar id={user.id} name={user.display_name} size="sm" />
        {isOnline ? <span className="online-dot" role="img" aria-label="Online" /> : null}
      </span>
      <span className="min-w-0 flex-1">
        <span className="wrap-anywhere block font-medium leading-5">{user.display_name}</span>
        <span className="block truncate text-meta text-muted leading-4">@{user.username}</span>
      </span>
      {role === "member" ? null : (
        <span className="rounded-full border border-line px-2 py-0.5 text-meta text-muted capitalize">
          {role}
        </span>
      )}
    </li>
  );
}

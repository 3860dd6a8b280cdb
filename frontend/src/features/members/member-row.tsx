import { useIsOnline } from "@/entities/presence/presence-store";
import type { Member } from "@/shared/api/types";
import { PersonRow } from "@/shared/ui/person-row";

export function MemberRow({ member: { user, role } }: { member: Member }) {
  return (
    <PersonRow user={user} isOnline={useIsOnline(user.id)}>
      {role === "member" ? null : (
        <span className="rounded-full border border-line px-2 py-0.5 text-meta text-muted capitalize">
          {role}
        </span>
      )}
    </PersonRow>
  );
}

import { useState } from "react";
import { changeRole } from "@/entities/rooms/administration";
import { rolesFor } from "@/entities/rooms/permissions";
import { describeError } from "@/shared/api/api-error";
import type { Member, Role, Room } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { toast } from "@/shared/ui/toast-store";

const NAMES: Record<Role, string> = { member: "Member", admin: "Admin", owner: "Owner" };
const POWER: readonly Role[] = ["member", "admin", "owner"];

interface RoleSelectProps {
  room: Room;
  member: Member;
  isMe: boolean;
}

/** Somebody's role: to choose, where I may; else to read. Giving up power of one's own asks first. */
export function RoleSelect({ room, member: { user, role }, isMe }: RoleSelectProps) {
  const [pending, setPending] = useState<Role | null>(null);
  const [asked, setAsked] = useState<Role | null>(null);
  const roles = rolesFor(room, role);
  if (roles.length < 2) return <span className="px-2 text-muted text-sm">{NAMES[role]}</span>;

  const change = async (next: Role) => {
    setAsked(null);
    setPending(next);
    try {
      await changeRole(room.id, user.id, next);
      toast(`${isMe ? "You are" : `${user.display_name} is`} now ${next === "member" ? "a" : "an"} ${next}`);
    } catch (error) {
      toast(describeError(error), "error");
    }
    setPending(null);
  };
  return (
    <>
      <select
        aria-label={`Role of ${user.display_name}`}
        value={pending ?? role}
        disabled={pending !== null}
        onChange={({ target }) => {
          const next = target.value as Role;
          if (isMe && POWER.indexOf(next) < POWER.indexOf(role)) setAsked(next);
          else void change(next);
        }}
        className="select touch-target text-sm"
      >
        {roles.map((option) => (
          <option key={option} value={option}>
            {NAMES[option]}
          </option>
        ))}
      </select>
      {asked ? (
        <Dialog title="Give up your role?" onClose={() => setAsked(null)}>
          <p className="text-muted">
            Only {role === "owner" ? "another owner" : "an owner"} can make you {role} of #{room.name} again.
          </p>
          <div className="mt-5 flex justify-end gap-2">
            <Button data-autofocus onClick={() => setAsked(null)}>
              Cancel
            </Button>
            <Button look="danger" onClick={() => void change(asked)}>
              Become {asked}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

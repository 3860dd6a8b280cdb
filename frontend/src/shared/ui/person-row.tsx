import type { ReactNode } from "react";
import type { UserSummary } from "@/shared/api/types";
import { Avatar } from "./avatar";

interface PersonRowProps {
  user: UserSummary;
  isOnline: boolean;
  /** What stands at the end. */
  children?: ReactNode;
}

/** Somebody in a list of people. */
export function PersonRow({ user, isOnline, children }: PersonRowProps) {
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
      {children}
    </li>
  );
}

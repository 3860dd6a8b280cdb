import { Laptop, Smartphone } from "lucide-react";
import type { Schemas } from "@/shared/api/types";
import { formatAgo, formatFull } from "@/shared/lib/time";
import { Button } from "@/shared/ui/button";
import { describeAgent } from "./user-agent";

interface LoginRowProps {
  login: Schemas["SessionItem"];
  onEnd?: (() => void) | undefined;
}

/** One place where I am signed in. */
export function LoginRow({ login, onEnd }: LoginRowProps) {
  const { name, isPhone } = describeAgent(login.user_agent);
  const Icon = isPhone ? Smartphone : Laptop;
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <span className="grid size-9 flex-none place-items-center rounded-card bg-hover text-muted">
        <Icon size={18} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium leading-5">{name}</span>
        <span className="block text-meta text-muted leading-4">
          {login.is_current ? (
            <span className="font-medium text-ok">This browser</span>
          ) : (
            <time dateTime={login.last_used_at} title={formatFull(login.last_used_at)}>
              Active {formatAgo(login.last_used_at)}
            </time>
          )}
          {" · "}
          <time dateTime={login.created_at} title={formatFull(login.created_at)}>
            signed in {formatAgo(login.created_at)}
          </time>
        </span>
      </span>
      {login.is_current ? null : (
        <Button disabled={!onEnd} onClick={onEnd} aria-label={`Sign out ${name}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}

import { useState } from "react";
import { updateAccount } from "@/entities/administration/accounts";
import { useMe } from "@/entities/session/session-store";
import { describeError } from "@/shared/api/api-error";
import type { Schemas } from "@/shared/api/types";
import { Avatar } from "@/shared/ui/avatar";
import { Button } from "@/shared/ui/button";
import { toast } from "@/shared/ui/toast-store";
import { GivePasswordDialog } from "./give-password-dialog";

/** One account, and what can be done about it: nothing about one's own. */
export function AccountRow({ account }: { account: Schemas["Account"] }) {
  const isMe = useMe().id === account.id;
  const [isBusy, setIsBusy] = useState(false);
  const [isGiving, setIsGiving] = useState(false);
  const name = account.display_name;
  const isDisabled = account.disabled_at !== null && account.disabled_at !== undefined;
  const change = async (wish: Schemas["UpdateAccountRequest"], done: string) => {
    setIsBusy(true);
    await updateAccount(account.id, wish).then(
      () => toast(done),
      (error: unknown) => toast(describeError(error), "error"),
    );
    setIsBusy(false);
  };
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar id={account.id} name={name} />
        <span className={`min-w-40 flex-1 ${isDisabled ? "opacity-70" : ""}`}>
          <span className="wrap-anywhere block font-medium leading-5">
            {name}
            {account.is_admin ? <Badge>Server admin</Badge> : null}
            {isDisabled ? <Badge>Disabled</Badge> : null}
          </span>
          <span className="wrap-anywhere block text-meta text-muted leading-4">
            @{account.username} · {account.email}
          </span>
        </span>
        {isMe ? (
          <span className="text-muted text-sm">You</span>
        ) : (
          <span className="flex flex-wrap gap-2">
            <Button
              className="text-sm"
              disabled={isBusy}
              aria-label={`New password for ${name}`}
              onClick={() => setIsGiving(true)}
            >
              New password
            </Button>
            <Button
              className="text-sm"
              disabled={isBusy}
              aria-label={account.is_admin ? `Take admin rights from ${name}` : `Make ${name} admin`}
              onClick={() =>
                void change(
                  { is_admin: !account.is_admin },
                  account.is_admin ? `${name} is no longer admin` : `${name} is admin now`,
                )
              }
            >
              {account.is_admin ? "Remove admin" : "Make admin"}
            </Button>
            <Button
              className="text-sm"
              disabled={isBusy}
              aria-label={isDisabled ? `Enable ${name}` : `Disable ${name}`}
              onClick={() =>
                void change(
                  { is_disabled: !isDisabled },
                  isDisabled ? `${name} may sign in again` : `${name} is signed out everywhere`,
                )
              }
            >
              {isDisabled ? "Enable" : "Disable"}
            </Button>
          </span>
        )}
      </div>
      {isGiving ? <GivePasswordDialog account={account} onClose={() => setIsGiving(false)} /> : null}
    </li>
  );
}

function Badge({ children }: { children: string }) {
  return (
    <span className="ml-2 inline-block whitespace-nowrap rounded-full border border-strong px-2 font-normal text-meta text-muted leading-4">
      {children}
    </span>
  );
}

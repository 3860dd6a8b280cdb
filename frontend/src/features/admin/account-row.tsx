import { Ellipsis } from "lucide-react";
import { lazy, useState } from "react";
import { updateAccount } from "@/entities/administration/accounts";
import { useMe } from "@/entities/session/session-store";
import { describeError } from "@/shared/api/api-error";
import type { Schemas } from "@/shared/api/types";
import { Avatar } from "@/shared/ui/avatar";
import { MenuButton, useMenu } from "@/shared/ui/menu-button";
import { toast } from "@/shared/ui/toast-store";
import { DisableAccountDialog } from "./disable-account-dialog";
import { GivePasswordDialog } from "./give-password-dialog";

const AccountMenuItems = lazy(() => import("./account-menu-items"));

/** One account, and what can be done about it: nothing about one's own. */
export function AccountRow({ account }: { account: Schemas["Account"] }) {
  const isMe = useMe().id === account.id;
  const [isBusy, setIsBusy] = useState(false);
  const menu = useMenu();
  const [dialog, setDialog] = useState<"password" | "disable" | null>(null);
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
          <MenuButton
            {...menu}
            menu={(handle) => (
              <AccountMenuItems
                {...handle}
                account={account}
                isBusy={isBusy}
                onGivePassword={() => setDialog("password")}
                onDisable={() => setDialog("disable")}
                onChange={(wish, done) => void change(wish, done)}
              />
            )}
            aria-label={`Manage ${name}`}
            className="icon-button"
          >
            <Ellipsis size={18} />
          </MenuButton>
        )}
      </div>
      {dialog === "password" ? (
        <GivePasswordDialog account={account} opener={menu.button} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "disable" ? (
        <DisableAccountDialog account={account} opener={menu.button} onClose={() => setDialog(null)} />
      ) : null}
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

import { type RefObject, useState } from "react";
import { givePassword } from "@/entities/administration/accounts";
import { describeError } from "@/shared/api/api-error";
import type { Schemas } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormAlert } from "@/shared/ui/form-alert";
import { SecretOnce } from "@/shared/ui/secret-once";

interface GivePasswordDialogProps {
  account: Schemas["Account"];
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Asks first, since it ends what somebody is doing; then shows the password. */
export function GivePasswordDialog({ account, opener, onClose }: GivePasswordDialogProps) {
  const [password, setPassword] = useState<string>();
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const name = account.display_name;
  const give = async () => {
    setIsBusy(true);
    await givePassword(account.id).then(setPassword, (reason: unknown) => setError(describeError(reason)));
    setIsBusy(false);
  };
  return (
    <Dialog title={`A new password for ${name}`} onClose={onClose} opener={opener}>
      {password ? (
        <div className="space-y-4">
          <SecretOnce
            label={`The new password of ${name}`}
            hint="It is shown only now. Tell it to nobody else; they can change it in their settings."
            secret={password}
          />
          <div className="flex justify-end">
            <Button onClick={onClose}>Done</Button>
          </div>
        </div>
      ) : (
        <div className="space-y-4">
          <FormAlert message={error} />
          <p className="text-muted">
            {name} is signed out everywhere, their API tokens are revoked, and the password they have is gone.
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" data-autofocus disabled={isBusy} onClick={() => void give()}>
              Make a new password
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

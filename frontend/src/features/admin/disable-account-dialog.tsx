import { type RefObject, useState } from "react";
import { updateAccount } from "@/entities/administration/accounts";
import { describeError } from "@/shared/api/api-error";
import type { Schemas } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormAlert } from "@/shared/ui/form-alert";
import { toast } from "@/shared/ui/toast-store";

interface DisableAccountDialogProps {
  account: Schemas["Account"];
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export function DisableAccountDialog({ account, opener, onClose }: DisableAccountDialogProps) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const name = account.display_name;
  const disable = async () => {
    setIsBusy(true);
    try {
      await updateAccount(account.id, { is_disabled: true });
      onClose();
      toast(`${name} is signed out everywhere`);
    } catch (failure) {
      setIsBusy(false);
      setError(describeError(failure));
    }
  };
  return (
    <Dialog title={`Disable ${name}?`} onClose={onClose} opener={opener}>
      <FormAlert message={error} />
      <p className="text-muted">
        They are signed out everywhere, their API tokens are revoked, and they can’t sign in until the account
        is enabled again. What they wrote stays.
      </p>
      <div className="mt-5 flex justify-end gap-2">
        <Button data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={isBusy} onClick={disable}>
          Disable
        </Button>
      </div>
    </Dialog>
  );
}

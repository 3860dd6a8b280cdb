import { type RefObject, useState } from "react";
import { allItems } from "@/entities/outbox/outbox-store";
import { signOut } from "@/entities/session/session";
import { describeError } from "@/shared/api/api-error";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormAlert } from "@/shared/ui/form-alert";

interface SignOutDialogProps {
  opener?: RefObject<HTMLElement | null> | undefined;
  onClose: () => void;
}

/** Asks first, because drafts and unsent messages go with it. */
export function SignOutDialog({ opener, onClose }: SignOutDialogProps) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const unsent = allItems().filter((item) => item.state !== "sent").length;
  const leave = async () => {
    setIsBusy(true);
    try {
      await signOut();
    } catch (failure) {
      setIsBusy(false);
      setError(describeError(failure));
    }
  };
  return (
    <Dialog title="Sign out of DevsChat?" onClose={onClose} opener={opener}>
      <FormAlert message={error} />
      <p className="text-muted">
        Your drafts on this device will be deleted.
        {unsent > 0 ? (
          <strong className="mt-2 block text-danger">
            {unsent === 1 ? "1 message hasn’t been sent" : `${unsent} messages haven’t been sent`} and will be
            lost.
          </strong>
        ) : null}
      </p>
      <div className="mt-5 flex justify-end gap-2">
        <Button data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button look={unsent > 0 ? "danger" : "primary"} disabled={isBusy} onClick={leave}>
          Sign out
        </Button>
      </div>
    </Dialog>
  );
}

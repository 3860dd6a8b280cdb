import { useState } from "react";
import { updateProfile } from "@/entities/account/account";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Switch } from "@/shared/ui/switch";
import { toast } from "@/shared/ui/toast-store";

/** Whether others see what I have read. Asked for each time: another device may have changed it. */
export function ReadSharing() {
  const profile = $api.useQuery("get", "/api/v1/users/me", {}, { staleTime: 0 });
  const [pending, setPending] = useState<boolean | null>(null);
  const change = async (shares_reads: boolean) => {
    setPending(shares_reads);
    await updateProfile({ shares_reads }).catch((error: unknown) => toast(describeError(error), "error"));
    setPending(null);
  };
  if (profile.isPending) return <div className="appear-late skeleton h-16" aria-hidden="true" />;
  if (!profile.data) {
    return (
      <div className="flex flex-col items-start gap-3">
        <FormAlert message={describeError(profile.error)} />
        <Button onClick={() => void profile.refetch()}>Retry</Button>
      </div>
    );
  }
  return (
    <Switch
      label="Let others see what I have read"
      hint="“Who read this” lists you with the messages you have read. When this is off, it never does."
      isOn={pending ?? profile.data.shares_reads}
      isDisabled={pending !== null}
      onChange={(isOn) => void change(isOn)}
    />
  );
}

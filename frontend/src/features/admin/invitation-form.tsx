import { useState } from "react";
import { createInvitation } from "@/entities/administration/invitations";
import type { Schemas } from "@/shared/api/types";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { expiryAfter, LifetimeSelect } from "@/shared/ui/lifetime-select";
import { SecretOnce } from "@/shared/ui/secret-once";
import { TextField } from "@/shared/ui/text-field";

const NAMES = ["days", "max_uses"] as const;
const LIFETIMES = [
  { days: 1, label: "A day" },
  { days: 7, label: "A week" },
  { days: 29, label: "29 days" },
] as const;

/** Makes an invitation and shows its link. */
export function InvitationForm() {
  const [made, setMade] = useState<Schemas["CreatedInvitation"]>();
  const { fields, general, isBusy, onSubmit } = useForm(
    NAMES,
    ({ max_uses }) => (/^[1-9]\d{0,3}$/.test(max_uses) ? {} : { max_uses: "Enter a number from 1 to 1000" }),
    async ({ days, max_uses }) => {
      const expires_at = expiryAfter(days);
      setMade(await createInvitation({ expires_at, max_uses: Number(max_uses) }));
    },
  );
  return (
    <>
      {made ? (
        <SecretOnce
          key={made.id}
          label="The link"
          hint="It is shown only now. Whoever has it can make an account."
          secret={`${location.origin}/invite#${made.code}`}
        />
      ) : null}
      <form onSubmit={onSubmit} noValidate className="max-w-md space-y-4">
        <FormAlert message={general} />
        <TextField
          label="For how many people"
          name="max_uses"
          inputMode="numeric"
          autoComplete="off"
          defaultValue="1"
          error={fields["max_uses"]}
        />
        <LifetimeSelect lifetimes={LIFETIMES} defaultDays={7} />
        <Button look="primary" type="submit" disabled={isBusy}>
          {isBusy ? "Making…" : "Make a link"}
        </Button>
      </form>
    </>
  );
}

import { useState } from "react";
import { createInvitation } from "@/entities/administration/invitations";
import type { Schemas } from "@/shared/api/types";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { SecretOnce } from "@/shared/ui/secret-once";
import { TextField } from "@/shared/ui/text-field";

const NAMES = ["days", "max_uses"] as const;
const DAY_MS = 24 * 3600 * 1000;
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
      const expires_at = new Date(Date.now() + Number(days) * DAY_MS).toISOString();
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
        <label className="block">
          <span className="block font-medium text-sm">Expires after</span>
          <select
            name="days"
            defaultValue={7}
            className="touch-target mt-1 block min-h-9 rounded-control border border-strong bg-surface px-3"
          >
            {LIFETIMES.map(({ days, label }) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <Button look="primary" type="submit" disabled={isBusy}>
          {isBusy ? "Making…" : "Make a link"}
        </Button>
      </form>
    </>
  );
}

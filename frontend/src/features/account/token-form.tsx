import { useRef, useState } from "react";
import { createToken } from "@/entities/account/tokens";
import type { Schemas } from "@/shared/api/types";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { expiryAfter, LifetimeSelect } from "@/shared/ui/lifetime-select";
import { SecretOnce } from "@/shared/ui/secret-once";
import { TextField } from "@/shared/ui/text-field";
import { SCOPES } from "./token-scopes";

const NAMES = ["name", "days"] as const;
const LIFETIMES = [
  { days: 7, label: "A week" },
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "A year" },
] as const;

/** Makes a token and shows its secret. */
export function TokenForm() {
  const form = useRef<HTMLFormElement>(null);
  const [made, setMade] = useState<Schemas["CreatedToken"]>();
  const chosen = () =>
    SCOPES.filter(({ scope }) => form.current && new FormData(form.current).has(scope)).map(
      ({ scope }) => scope,
    );
  const { fields, general, isBusy, onSubmit } = useForm(
    NAMES,
    ({ name }) => ({
      ...(name.trim() ? {} : { name: "Say what it is for" }),
      ...(chosen().length > 0 ? {} : { scopes: "Choose what it may do" }),
    }),
    async ({ name, days }) => {
      const expires_at = expiryAfter(days);
      setMade(await createToken({ name: name.trim(), scopes: chosen(), expires_at }));
      form.current?.reset();
    },
  );
  return (
    <>
      {made ? (
        <SecretOnce
          key={made.id}
          label={`The token “${made.name}”`}
          hint="It is shown only now. Keep it where only you can read it."
          secret={made.token}
        />
      ) : null}
      <form ref={form} onSubmit={onSubmit} noValidate className="max-w-md space-y-4">
        <FormAlert message={general} />
        <TextField
          label="Name"
          name="name"
          maxLength={80}
          autoComplete="off"
          placeholder="Deploy bot"
          error={fields["name"]}
        />
        <fieldset aria-describedby={fields["scopes"] ? "scopes-error" : undefined}>
          <legend className="font-medium text-sm">It may</legend>
          <div className="mt-1">
            {SCOPES.map(({ scope, label }) => (
              <label key={scope} className="touch-target flex min-h-9 items-center gap-2.5">
                <input type="checkbox" name={scope} className="size-4 flex-none accent-(--accent)" />
                <span className="min-w-0 flex-1">{label}</span>
                <code className="font-mono text-meta text-muted">{scope}</code>
              </label>
            ))}
          </div>
          {fields["scopes"] ? (
            <p id="scopes-error" role="alert" className="mt-1 text-danger text-sm">
              {fields["scopes"]}
            </p>
          ) : null}
        </fieldset>
        <LifetimeSelect lifetimes={LIFETIMES} defaultDays={30} />
        <Button look="primary" type="submit" disabled={isBusy}>
          {isBusy ? "Making…" : "Make token"}
        </Button>
      </form>
    </>
  );
}

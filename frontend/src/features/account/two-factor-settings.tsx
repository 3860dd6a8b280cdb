import { useState } from "react";
import {
  beginTwoFactor,
  confirmTwoFactor,
  disableTwoFactor,
  renewRecoveryCodes,
} from "@/entities/account/two-factor";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import type { Schemas } from "@/shared/api/types";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { SecretOnce } from "@/shared/ui/secret-once";
import { Section } from "@/shared/ui/section";
import { TextField } from "@/shared/ui/text-field";
import { toast } from "@/shared/ui/toast-store";
import { PasswordForm } from "./password-form";
import { QrCode } from "./qr-code";

const NAMES = ["code"] as const;

/** Signing in with a code of an authenticator app as well. */
export function TwoFactorSettings() {
  const state = $api.useQuery("get", "/api/v1/users/me/two-factor", {}, { staleTime: 0 });
  const [setup, setSetup] = useState<Schemas["TwoFactorSetup"]>();
  const [codes, setCodes] = useState<string[]>();
  if (state.isError) return <FormAlert message={describeError(state.error)} />;
  if (state.isPending) return <div className="appear-late skeleton h-24" aria-hidden="true" />;
  const shown = codes ? (
    <SecretOnce
      key={codes[0]}
      label="Your recovery codes"
      hint="Each signs you in once without the app. They are shown only now: keep them where you’ll find them without it."
      secret={codes.join("\n")}
    />
  ) : null;
  if (!state.data.is_enabled) {
    return setup ? (
      <ConfirmSection
        setup={setup}
        onDone={(made) => {
          setSetup(undefined);
          setCodes(made);
        }}
      />
    ) : (
      <Section
        title="Two-factor sign-in is off"
        hint="Turn it on, and signing in takes a code of an authenticator app on your phone besides your password."
      >
        <PasswordForm
          action="Set up an app"
          isPrimary
          onSubmit={async (password) => setSetup(await beginTwoFactor(password))}
        />
      </Section>
    );
  }
  return (
    <>
      {shown}
      <Section
        title="Two-factor sign-in is on"
        hint="Signing in takes a code of your authenticator app. API tokens need none."
      >
        <PasswordForm
          action="Turn it off"
          onSubmit={async (password) => {
            await disableTwoFactor(password);
            setCodes(undefined);
            toast("Signing in takes only your password now.");
          }}
        />
      </Section>
      <Section
        title="Recovery codes"
        hint={`${state.data.recovery_codes_left} left. New ones replace all old ones.`}
      >
        <PasswordForm
          action="Make new codes"
          onSubmit={async (password) => setCodes(await renewRecoveryCodes(password))}
        />
      </Section>
    </>
  );
}

interface ConfirmSectionProps {
  setup: Schemas["TwoFactorSetup"];
  onDone: (recoveryCodes: string[]) => void;
}

function ConfirmSection({ setup, onDone }: ConfirmSectionProps) {
  const { fields, general, isBusy, onSubmit } = useForm(
    NAMES,
    ({ code }) => (code.trim() ? {} : { code: "Enter the code that the app shows" }),
    async ({ code }) => onDone(await confirmTwoFactor(code.trim())),
  );
  return (
    <Section
      title="Scan this with your authenticator app"
      hint="Then enter the six digits it shows. Nothing changes before that."
    >
      <div className="space-y-4">
        <QrCode text={setup.uri} label="QR code for the authenticator app" />
        <p className="text-muted text-sm">
          No camera? Enter this key:{" "}
          <code className="select-all break-all font-mono text-fg">{setup.secret}</code>
        </p>
        <form onSubmit={onSubmit} noValidate className="max-w-md space-y-4">
          <FormAlert message={general} />
          <TextField
            label="Code"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            error={fields["code"]}
          />
          <Button look="primary" type="submit" disabled={isBusy}>
            Turn it on
          </Button>
        </form>
      </div>
    </Section>
  );
}

import { useRef } from "react";
import { changePassword } from "@/entities/account/account";
import { useMe } from "@/entities/session/session-store";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { TextField } from "@/shared/ui/text-field";
import { toast } from "@/shared/ui/toast-store";

const NAMES = ["current_password", "new_password"] as const;

export function PasswordSettings() {
  const me = useMe();
  const form = useRef<HTMLFormElement>(null);
  const { fields, general, isBusy, onSubmit } = useForm(NAMES, check, async (values) => {
    await changePassword(values);
    form.current?.reset();
    toast("Password changed. All other logins have ended.");
  });
  return (
    <Section
      title="Change your password"
      hint="Every other place where you are signed in is signed out, and your API tokens are revoked."
    >
      <form ref={form} onSubmit={onSubmit} noValidate className="max-w-md space-y-4">
        <FormAlert message={general} />
        {/* Tells password managers whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
        <TextField
          label="Current password"
          name="current_password"
          type="password"
          autoComplete="current-password"
          error={fields["current_password"]}
        />
        <TextField
          label="New password"
          name="new_password"
          type="password"
          autoComplete="new-password"
          hint="8 characters or more, and not a common one."
          error={fields["new_password"]}
        />
        <Button look="primary" type="submit" disabled={isBusy}>
          {isBusy ? "Changing…" : "Change password"}
        </Button>
      </form>
    </Section>
  );
}

function check(values: Record<(typeof NAMES)[number], string>) {
  return {
    ...(values.current_password ? {} : { current_password: "Enter your current password" }),
    ...(values.new_password ? {} : { new_password: "Choose a new password" }),
  };
}

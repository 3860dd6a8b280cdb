import { useMe } from "@/entities/session/session-store";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";

interface PasswordFormProps {
  action: string;
  isPrimary?: boolean;
  onSubmit: (password: string) => Promise<void>;
}

const NAMES = ["password"] as const;

/** Something that takes one's own password. */
export function PasswordForm({ action, isPrimary = false, onSubmit: submit }: PasswordFormProps) {
  const me = useMe();
  const { fields, general, isBusy, onSubmit } = useForm(
    NAMES,
    ({ password }) => (password ? {} : { password: "Enter your password" }),
    ({ password }) => submit(password),
  );
  return (
    <form onSubmit={onSubmit} noValidate className="max-w-md space-y-4">
      <FormAlert message={general} />
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <TextField
        label="Your password"
        name="password"
        type="password"
        autoComplete="current-password"
        error={fields["password"]}
      />
      <Button {...(isPrimary ? { look: "primary" } : {})} type="submit" disabled={isBusy}>
        {action}
      </Button>
    </form>
  );
}

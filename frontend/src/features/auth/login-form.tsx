import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";

interface LoginFormProps {
  onSubmit: (values: { login: string; password: string }) => Promise<void>;
}

const NAMES = ["login", "password"] as const;

export function LoginForm({ onSubmit: submit }: LoginFormProps) {
  const { fields, general, isBusy, onSubmit } = useForm(NAMES, check, ({ login, password }) =>
    submit({ login: login.trim(), password }),
  );
  return (
    <form onSubmit={onSubmit} noValidate className="space-y-4">
      <FormAlert message={general} />
      <TextField
        label="Email or username"
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={fields["login"]}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        error={fields["password"]}
      />
      <Button look="primary" type="submit" disabled={isBusy} className="w-full">
        {isBusy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function check({ login, password }: Record<(typeof NAMES)[number], string>) {
  return {
    ...(login.trim() ? {} : { login: "Enter your email or username" }),
    ...(password ? {} : { password: "Enter your password" }),
  };
}

import { useState } from "react";
import { ApiError } from "@/shared/api/api-error";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";

interface Credentials {
  login: string;
  password: string;
  /** Of the authenticator app, once the server has asked for it. */
  code?: string;
}

interface LoginFormProps {
  onSubmit: (credentials: Credentials) => Promise<void>;
}

const NAMES = ["login", "password", "code"] as const;

export function LoginForm({ onSubmit: submit }: LoginFormProps) {
  const [needsCode, setNeedsCode] = useState(false);
  const { fields, general, isBusy, onSubmit } = useForm(
    NAMES,
    (values) => check(values, needsCode),
    async ({ login, password, code }) => {
      const credentials = { login: login.trim(), password };
      try {
        await submit(needsCode ? { ...credentials, code: code.trim() } : credentials);
      } catch (error) {
        if (needsCode || !isCodeNeeded(error)) throw error;
        setNeedsCode(true);
      }
    },
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
      {needsCode ? (
        <TextField
          label="Code of your authenticator app"
          name="code"
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          hint="Or one of your recovery codes."
          error={fields["code"]}
        />
      ) : null}
      <Button look="primary" type="submit" disabled={isBusy} className="w-full">
        {isBusy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function isCodeNeeded(error: unknown): boolean {
  return error instanceof ApiError && error.code === "second_factor_required";
}

function check({ login, password, code }: Record<(typeof NAMES)[number], string>, needsCode: boolean) {
  return {
    ...(login.trim() ? {} : { login: "Enter your email or username" }),
    ...(password ? {} : { password: "Enter your password" }),
    ...(needsCode && !code.trim() ? { code: "Enter the code that the app shows" } : {}),
  };
}

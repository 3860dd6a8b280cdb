import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";

const NAMES = ["first_name", "last_name", "username", "email", "password"] as const;
type Values = Record<(typeof NAMES)[number], string>;

const REQUIRED: Record<keyof Values, string> = {
  first_name: "Enter your first name",
  last_name: "Enter your last name",
  username: "Choose a username",
  email: "Enter your email address",
  password: "Choose a password",
};

interface SignupFormProps {
  /** The domains whose addresses may sign up; empty: any. */
  domains?: readonly string[];
  onSubmit: (values: Values) => Promise<void>;
}

/** Only what is empty is found here; every other rule is the server's, and its words are shown at the fields. */
export function SignupForm({ domains = [], onSubmit: submit }: SignupFormProps) {
  const { fields, general, isBusy, onSubmit } = useForm(NAMES, check, submit);
  return (
    <form onSubmit={onSubmit} noValidate className="space-y-4">
      <FormAlert message={general} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="First name"
          name="first_name"
          autoComplete="given-name"
          error={fields["first_name"]}
        />
        <TextField
          label="Last name"
          name="last_name"
          autoComplete="family-name"
          error={fields["last_name"]}
        />
      </div>
      <TextField
        label="Username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        hint="People mention you with it, like @ada."
        error={fields["username"]}
      />
      <TextField
        label="Email"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        hint={domains.length > 0 ? `An address of ${domains.join(" or ")}.` : undefined}
        error={fields["email"]}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="8 characters or more, and not a common one."
        error={fields["password"]}
      />
      <Button look="primary" type="submit" disabled={isBusy} className="w-full">
        {isBusy ? "Creating your account…" : "Create account"}
      </Button>
    </form>
  );
}

function check(values: Values): Partial<Values> {
  const empty = NAMES.filter((name) => values[name].trim() === "");
  return Object.fromEntries(empty.map((name) => [name, REQUIRED[name]]));
}

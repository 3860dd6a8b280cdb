import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { signIn } from "@/entities/session/session";
import { useAuthPolicy } from "@/entities/session/use-auth-policy";
import { AuthLayout } from "@/features/auth/auth-layout";
import { LoginForm } from "@/features/auth/login-form";
import { ProviderLink } from "@/features/auth/provider-link";
import { describeRefusal } from "@/features/auth/refusals";
import { ApiError } from "@/shared/api/api-error";
import { useTitle } from "@/shared/lib/use-title";
import { FormAlert } from "@/shared/ui/form-alert";

/** Where one goes after signing in is the router's business: these pages are only for the signed out. */
export default function LoginPage() {
  const { next, refused } = useSearch({ from: "/login" });
  const { signup, sendsMail, providerName } = useAuthPolicy();
  const navigate = useNavigate();
  useTitle("Sign in");
  const onSubmit = async (credentials: Parameters<typeof signIn>[0]) => {
    try {
      await signIn(credentials);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "account_disabled") throw error;
      await navigate({ to: "/disabled", search: next ? { next } : {} });
    }
  };
  return (
    <AuthLayout
      title="Welcome back"
      subtitle="Sign in to your team’s rooms."
      footer={
        signup !== "open" ? (
          `New here? Ask who runs this server for an ${signup === "invite" ? "invitation" : "account"}.`
        ) : (
          <>
            New here?{" "}
            <Link to="/signup" search={next ? { next } : {}} className="font-medium text-accent underline">
              Create an account
            </Link>
          </>
        )
      }
    >
      {refused ? (
        <div className="mb-4">
          <FormAlert message={describeRefusal(refused)} />
        </div>
      ) : null}
      <LoginForm onSubmit={onSubmit} />
      {sendsMail ? (
        <p className="mt-4 text-sm">
          <Link to="/reset" className="font-medium text-accent underline">
            Forgot your password?
          </Link>
        </p>
      ) : null}
      {providerName ? <ProviderLink name={providerName} next={next} /> : null}
    </AuthLayout>
  );
}

import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { signIn } from "@/entities/session/session";
import { AuthLayout } from "@/features/auth/auth-layout";
import { ProviderLink } from "@/features/auth/provider-link";
import { SignupForm } from "@/features/auth/signup-form";
import { useAuthPolicy } from "@/features/auth/use-auth-policy";
import { api } from "@/shared/api/client";
import { useTitle } from "@/shared/lib/use-title";

export default function SignupPage() {
  const navigate = useNavigate();
  const { next } = useSearch({ from: "/signup" });
  const { isClosed, domains, providerName } = useAuthPolicy();
  useTitle("Create an account");
  return (
    <AuthLayout
      title="Create your account"
      subtitle={
        isClosed
          ? "Nobody signs up here: ask who runs this server for an account."
          : "A minute, and you are in the room."
      }
      footer={
        <>
          Already have one?{" "}
          <Link to="/login" search={next ? { next } : {}} className="font-medium text-accent underline">
            Sign in
          </Link>
        </>
      }
    >
      {isClosed ? null : (
        <SignupForm
          domains={domains}
          onSubmit={async (values) => {
            await api.POST("/api/v1/auth/signup", { body: values });
            const { username, password } = values;
            await signIn({ login: username, password }).catch(() => navigate({ to: "/login" }));
          }}
        />
      )}
      {providerName && !isClosed ? <ProviderLink name={providerName} next={next} /> : null}
    </AuthLayout>
  );
}

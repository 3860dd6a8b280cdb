import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { signIn } from "@/entities/session/session";
import { useAuthPolicy } from "@/entities/session/use-auth-policy";
import { AuthLayout } from "@/features/auth/auth-layout";
import { ProviderLink } from "@/features/auth/provider-link";
import { SignupForm } from "@/features/auth/signup-form";
import { SignupSkeleton } from "@/features/auth/signup-skeleton";
import { api } from "@/shared/api/client";
import { useTitle } from "@/shared/lib/use-title";

const REFUSALS = {
  invite: "One signs up here with an invitation: ask who runs this server for one.",
  closed: "Nobody signs up here: ask who runs this server for an account.",
} as const;

export default function SignupPage() {
  const { next } = useSearch({ from: "/signup" });
  const { isAsked, signup } = useAuthPolicy();
  const title = "Create your account";
  useTitle("Create an account");
  if (isAsked) {
    return (
      <AuthLayout title={title} subtitle={<SubtitleSkeleton />} footer={<HaveOne next={next} />}>
        <SignupSkeleton />
      </AuthLayout>
    );
  }
  if (signup === "open") return <SignUp title={title} next={next} />;
  return <AuthLayout title={title} subtitle={REFUSALS[signup]} footer={<HaveOne next={next} />} />;
}

interface SignUpProps {
  title: string;
  /** What an invitation's link carried. */
  invitation?: string | undefined;
  next?: string | undefined;
}

/** The form, and on its success being signed in. */
export function SignUp({ title, invitation, next }: SignUpProps) {
  const navigate = useNavigate();
  const { domains, providerName } = useAuthPolicy();
  return (
    <AuthLayout title={title} subtitle="A minute, and you are in the room." footer={<HaveOne next={next} />}>
      <SignupForm
        domains={domains}
        onSubmit={async (values) => {
          await api.POST("/api/v1/auth/signup", { body: { ...values, invitation: invitation ?? null } });
          const { username, password } = values;
          await signIn({ login: username, password }).catch(() => navigate({ to: "/login" }));
        }}
      />
      {providerName && !invitation ? <ProviderLink name={providerName} next={next} /> : null}
    </AuthLayout>
  );
}

const SubtitleSkeleton = () => <span className="skeleton appear-late block h-5 w-60" aria-hidden="true" />;

function HaveOne({ next }: { next: string | undefined }) {
  return (
    <>
      Already have one?{" "}
      <Link to="/login" search={next ? { next } : {}} className="font-medium text-accent underline">
        Sign in
      </Link>
    </>
  );
}

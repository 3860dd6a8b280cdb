import { Link, useSearch } from "@tanstack/react-router";
import { signInAnew } from "@/entities/session/session";
import { AuthLayout } from "@/features/auth/auth-layout";
import { useTitle } from "@/shared/lib/use-title";

/** What somebody sees whose account is out of use: while they are here, or when they come back. */
export default function DisabledPage() {
  const { next } = useSearch({ from: "/disabled" });
  useTitle("Account disabled");
  return (
    <AuthLayout
      title="Your account is disabled"
      subtitle="A server admin has taken it out of use, and you are signed out everywhere."
      footer={
        <>
          Is it back in use, or do you have another?{" "}
          <Link
            to="/login"
            search={next ? { next } : {}}
            onClick={signInAnew}
            className="font-medium text-accent underline"
          >
            Sign in
          </Link>
        </>
      }
    >
      <p role="alert">
        What you have written and not sent stays in this browser until you are back. Ask who runs this server
        if you think this is a mistake.
      </p>
    </AuthLayout>
  );
}

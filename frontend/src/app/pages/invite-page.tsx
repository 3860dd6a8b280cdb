import { Link, useLocation } from "@tanstack/react-router";
import { AuthLayout } from "@/features/auth/auth-layout";
import { ApiError, describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { useTitle } from "@/shared/lib/use-title";
import { SignUp } from "./signup-page";

const SPENT = "It has expired, was used up or was taken back. Ask for a new one.";

/** Where an invitation's link leads. What follows `#` reaches no server's log. */
export default function InvitePage() {
  const code = useLocation({ select: ({ hash }) => hash });
  useTitle("You are invited");
  const invitation = $api.useQuery(
    "post",
    "/api/v1/auth/invitation",
    { body: { code } },
    { staleTime: Number.POSITIVE_INFINITY, retry: false },
  );
  if (invitation.isPending) return null;
  if (invitation.isError) {
    const isSpent = invitation.error instanceof ApiError && invitation.error.status === 404;
    return <Refused why={isSpent ? SPENT : describeError(invitation.error)} />;
  }
  return <SignUp title="You are invited" invitation={code} />;
}

function Refused({ why }: { why: string }) {
  return (
    <AuthLayout
      title={why === SPENT ? "This invitation does not count" : "You are invited"}
      subtitle={why}
      footer={
        <Link to="/login" className="font-medium text-accent underline">
          Back to sign in
        </Link>
      }
    />
  );
}

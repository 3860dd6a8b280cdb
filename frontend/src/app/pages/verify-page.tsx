import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { verifyEmail } from "@/entities/account/account";
import { AuthLayout } from "@/features/auth/auth-layout";
import { describeError } from "@/shared/api/api-error";
import { useTitle } from "@/shared/lib/use-title";

/** Where the link of a mail leads that shows that one reads it. */
export default function VerifyPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  useTitle("Confirm your address");
  const outcome = useQuery({
    queryKey: ["verify", token],
    queryFn: async () => {
      await verifyEmail(token);
      return true;
    },
    // The link counts once.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <AuthLayout
      title={outcome.isSuccess ? "Your address is confirmed" : "Confirm your address"}
      subtitle={
        outcome.isError ? describeError(outcome.error) : outcome.isPending ? "A moment…" : "Thank you."
      }
      footer={
        <Link to="/" className="font-medium text-accent underline">
          Go to your rooms
        </Link>
      }
    >
      {null}
    </AuthLayout>
  );
}

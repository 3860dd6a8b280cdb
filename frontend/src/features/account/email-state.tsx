import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { toast } from "@/shared/ui/toast-store";

/** Whether my address is known to be mine, and where mail is sent a way to show it. */
export function EmailState({ isVerified }: { isVerified: boolean }) {
  const policy = $api.useQuery("get", "/api/v1/auth/policy");
  const ask = $api.useMutation("post", "/api/v1/auth/email/verification", {
    onSuccess: () => toast("A link is on its way to your address."),
    onError: (error) => toast(describeError(error), "error"),
  });
  if (isVerified) return <span className="block font-normal text-muted">Confirmed</span>;
  if (!policy.data?.sends_mail) return null;
  return (
    <span className="mt-1.5 flex flex-wrap items-center gap-3 font-normal text-muted">
      Not confirmed
      <Button disabled={ask.isPending || ask.isSuccess} onClick={() => ask.mutate({})}>
        {ask.isSuccess ? "Link sent" : "Send me a link"}
      </Button>
    </span>
  );
}

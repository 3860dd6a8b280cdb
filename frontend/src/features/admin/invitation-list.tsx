import { Link2 } from "lucide-react";
import { useState } from "react";
import { revokeInvitation } from "@/entities/administration/invitations";

import { useAuthPolicy } from "@/entities/session/use-auth-policy";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import type { Schemas } from "@/shared/api/types";
import { formatAgo, formatFull } from "@/shared/lib/time";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { toast } from "@/shared/ui/toast-store";
import { InvitationForm } from "./invitation-form";

/** Links that let people make an account. */
export function InvitationList() {
  const { signup } = useAuthPolicy();
  const invitations = $api.useQuery(
    "get",
    "/api/v1/admin/invitations",
    { params: { query: { limit: 100 } } },
    { staleTime: 0 },
  );
  const items = invitations.data?.items ?? [];
  return (
    <>
      <Section
        title="Invite people"
        hint={
          signup === "invite"
            ? "Whoever has the link makes an account with it, as often as you say and until it expires."
            : signup === "closed"
              ? "Sign-up is closed here, invited or not. To invite people, run the server with DEVSCHAT_SIGNUP=invite."
              : "Anyone can sign up here without an invitation. To ask for one, run the server with DEVSCHAT_SIGNUP=invite."
        }
      >
        {signup === "invite" ? <InvitationForm /> : null}
      </Section>
      <Section
        title="Invitations"
        hint={invitations.isSuccess && items.length === 0 ? "No open invitations." : null}
      >
        {invitations.isError ? <FormAlert message={describeError(invitations.error)} /> : null}
        {invitations.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
        {items.length > 0 ? (
          <ul className="divide-y divide-line">
            {items.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        ) : null}
      </Section>
    </>
  );
}

function InvitationRow({ invitation }: { invitation: Schemas["Invitation"] }) {
  const [isBusy, setIsBusy] = useState(false);
  const made = formatAgo(invitation.created_at);
  const revoke = async () => {
    setIsBusy(true);
    await revokeInvitation(invitation.id).then(
      () => toast("The invitation counts no more"),
      (error: unknown) => toast(describeError(error), "error"),
    );
    setIsBusy(false);
  };
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <span className="grid size-9 flex-none place-items-center rounded-card bg-hover text-muted">
        <Link2 size={18} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium leading-5">
          {invitation.uses} of {invitation.max_uses} used
        </span>
        <span className="block text-meta text-muted leading-4">
          <time dateTime={invitation.created_at} title={formatFull(invitation.created_at)}>
            Made {made}
          </time>
          {" · "}
          <time dateTime={invitation.expires_at}>expires {formatFull(invitation.expires_at)}</time>
        </span>
      </span>
      <Button
        disabled={isBusy}
        onClick={() => void revoke()}
        aria-label={`Revoke the invitation made ${made}`}
      >
        Revoke
      </Button>
    </li>
  );
}

import { KeySquare } from "lucide-react";
import { useState } from "react";
import { revokeToken } from "@/entities/account/tokens";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import type { Schemas } from "@/shared/api/types";
import { formatAgo, formatFull } from "@/shared/lib/time";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { toast } from "@/shared/ui/toast-store";
import { TokenForm } from "./token-form";

/** Tokens for my scripts and bots. */
export function TokenSettings() {
  const tokens = $api.useQuery(
    "get",
    "/api/v1/users/me/tokens",
    { params: { query: { limit: 100 } } },
    { staleTime: 0 },
  );
  const items = tokens.data?.items ?? [];
  return (
    <>
      <Section
        title="Make a token"
        hint={
          <>
            For scripts and bots that speak as you. What they can call stands in the{" "}
            <a
              className="font-medium text-accent underline"
              href="/swagger-ui/"
              target="_blank"
              rel="noreferrer"
            >
              API’s documentation
            </a>
            .
          </>
        }
      >
        <TokenForm />
      </Section>
      <Section title="Your tokens" hint={tokens.isSuccess && items.length === 0 ? "You have none." : null}>
        {tokens.isError ? <FormAlert message={describeError(tokens.error)} /> : null}
        {tokens.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
        {items.length > 0 ? (
          <ul className="divide-y divide-line">
            {items.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        ) : null}
      </Section>
    </>
  );
}

function TokenRow({ token }: { token: Schemas["ApiToken"] }) {
  const [isBusy, setIsBusy] = useState(false);
  const revoke = async () => {
    setIsBusy(true);
    await revokeToken(token.id).then(
      () => toast(`Revoked “${token.name}”`),
      (error: unknown) => toast(describeError(error), "error"),
    );
    setIsBusy(false);
  };
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <span className="grid size-9 flex-none place-items-center rounded-card bg-hover text-muted">
        <KeySquare size={18} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block wrap-anywhere font-medium leading-5">{token.name}</span>
        <span className="block text-meta text-muted leading-4">
          {token.last_used_at ? (
            <time dateTime={token.last_used_at} title={formatFull(token.last_used_at)}>
              Used {formatAgo(token.last_used_at)}
            </time>
          ) : (
            "Never used"
          )}
          {" · "}
          <time dateTime={token.expires_at}>expires {formatFull(token.expires_at)}</time>
        </span>
        <span className="block break-words font-mono text-meta text-muted leading-4">
          {token.scopes.join(" ")}
        </span>
      </span>
      <Button disabled={isBusy} onClick={() => void revoke()} aria-label={`Revoke ${token.name}`}>
        Revoke
      </Button>
    </li>
  );
}

import { useState } from "react";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import type { Schemas } from "@/shared/api/types";
import { formatAgo, formatFull } from "@/shared/lib/time";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { ACTIONS, describeEvent } from "./audit-words";

type Action = Schemas["AuditAction"];

/** What people did to accounts, newest first, for server admins. */
export function AuditList() {
  const [action, setAction] = useState<Action | "">("");
  const events = $api.useInfiniteQuery(
    "get",
    "/api/v1/admin/audit",
    { params: { query: { limit: 50, ...(action ? { action } : {}) } } },
    {
      pageParamName: "cursor",
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: 0,
      placeholderData: (previous) => previous,
    },
  );
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="Audit log" hint="Who did what to whose account, when and from where.">
      <label className="block">
        <span className="block font-medium text-sm">Show</span>
        <select
          value={action}
          onChange={(event) => setAction(event.target.value as Action | "")}
          className="select touch-target mt-1 block"
        >
          <option value="">Everything</option>
          {Object.entries(ACTIONS).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {events.isError ? <FormAlert message={describeError(events.error)} /> : null}
      {events.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
      {events.isSuccess && items.length === 0 ? <p className="text-muted">Nothing of this kind.</p> : null}
      {items.length > 0 ? (
        <ul className="divide-y divide-line">
          {items.map((event) => (
            <li key={event.id} className="py-2.5">
              <p className="break-words leading-5">{describeEvent(event)}</p>
              <p className="text-meta text-muted leading-4">
                <time dateTime={event.at} title={formatFull(event.at)}>
                  {formatAgo(event.at)}
                </time>
                {event.address ? ` · from ${event.address}` : " · at the command line"}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      {events.hasNextPage ? (
        <Button className="w-full" onClick={() => void events.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </Section>
  );
}

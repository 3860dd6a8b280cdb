import { useDeferredValue, useState } from "react";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { TextField } from "@/shared/ui/text-field";
import { AccountRow } from "./account-row";

/** Everybody with an account, for server admins. */
export function AccountList() {
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const accounts = $api.useInfiniteQuery(
    "get",
    "/api/v1/admin/users",
    { params: { query: { limit: 50, ...(query ? { query } : {}) } } },
    {
      pageParamName: "cursor",
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: 0,
      placeholderData: (previous) => previous,
    },
  );
  const items = accounts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="People">
      <TextField
        label="Find somebody"
        type="search"
        name="query"
        autoComplete="off"
        value={text}
        maxLength={150}
        hint="By name, username or email address."
        onChange={(event) => setText(event.target.value)}
      />
      {accounts.isError ? <FormAlert message={describeError(accounts.error)} /> : null}
      {accounts.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
      {accounts.isSuccess && items.length === 0 ? (
        <p className="text-muted">Nobody is called “{query}”.</p>
      ) : null}
      {items.length > 0 ? (
        <ul className="divide-y divide-line">
          {items.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </ul>
      ) : null}
      {accounts.hasNextPage ? (
        <Button className="w-full" onClick={() => void accounts.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </Section>
  );
}

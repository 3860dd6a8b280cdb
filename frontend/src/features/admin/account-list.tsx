import { useDeferredValue, useState } from "react";
import { $api } from "@/shared/api/client";
import { Section } from "@/shared/ui/section";
import { TextField } from "@/shared/ui/text-field";
import { AccountRow } from "./account-row";
import { PagedRows } from "./paged-rows";

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
      <PagedRows
        list={accounts}
        empty={`Nobody is called “${query}”.`}
        row={(account) => <AccountRow key={account.id} account={account} />}
      />
    </Section>
  );
}

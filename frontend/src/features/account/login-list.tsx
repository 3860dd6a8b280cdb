import { useState } from "react";
import { endLogin, endOtherLogins } from "@/entities/account/account";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { Section } from "@/shared/ui/section";
import { toast } from "@/shared/ui/toast-store";
import { LoginRow } from "./login-row";

/** Where I am signed in, this place first; each of the others can be ended. */
export function LoginList() {
  const [isBusy, setIsBusy] = useState(false);
  const logins = $api.useInfiniteQuery(
    "get",
    "/api/v1/auth/sessions",
    { params: { query: { limit: 50 } } },
    {
      pageParamName: "cursor",
      initialPageParam: null, // with `undefined` the library would send `cursor=0`
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      staleTime: 0,
    },
  );
  const items = logins.data?.pages.flatMap((page) => page.items) ?? [];
  const here = items.filter(({ is_current }) => is_current);
  const others = items.filter(({ is_current }) => !is_current);
  const end = async (run: () => Promise<void>, done: string) => {
    setIsBusy(true);
    await run().then(
      () => toast(done),
      (error: unknown) => toast(describeError(error), "error"),
    );
    setIsBusy(false);
  };
  return (
    <>
      {logins.isError ? (
        <div className="flex flex-col items-start gap-3">
          <FormAlert message={describeError(logins.error)} />
          <Button onClick={() => void logins.refetch()}>Retry</Button>
        </div>
      ) : null}
      {logins.isPending ? <div className="appear-late skeleton h-16" aria-hidden="true" /> : null}
      {here.length > 0 ? (
        <Section title="Here">
          <ul>
            {here.map((login) => (
              <LoginRow key={login.id} login={login} />
            ))}
          </ul>
        </Section>
      ) : null}
      {logins.isSuccess ? (
        <Section
          title="Elsewhere"
          hint={
            others.length === 0
              ? "You are signed in nowhere else."
              : "Don’t know one? Sign it out, then change your password."
          }
        >
          {others.length > 0 ? (
            <>
              <ul className="divide-y divide-line">
                {others.map((login) => (
                  <LoginRow
                    key={login.id}
                    login={login}
                    onEnd={isBusy ? undefined : () => void end(() => endLogin(login.id), "Signed out there")}
                  />
                ))}
              </ul>
              {logins.hasNextPage ? (
                <Button className="w-full" onClick={() => void logins.fetchNextPage()}>
                  Show more
                </Button>
              ) : null}
              <Button
                disabled={isBusy}
                onClick={() => void end(endOtherLogins, "Signed out everywhere else")}
              >
                Sign out everywhere else
              </Button>
            </>
          ) : null}
        </Section>
      ) : null}
    </>
  );
}

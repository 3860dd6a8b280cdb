/** Other people's accounts, for server admins: one REST call each, then lists are read again. */
import { $api, api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import type { Schemas } from "@/shared/api/types";

export async function updateAccount(userId: string, change: Schemas["UpdateAccountRequest"]): Promise<void> {
  await api.PATCH("/api/v1/admin/users/{user_id}", {
    params: { path: { user_id: userId } },
    body: change,
  });
  await refetchAccounts();
}

/** The password that the server made up, which it says only once. */
export async function givePassword(userId: string): Promise<string> {
  const { data } = await api.POST("/api/v1/admin/users/{user_id}/password-reset", {
    params: { path: { user_id: userId } },
  });
  return data?.password ?? "";
}

function refetchAccounts() {
  const { queryKey } = $api.queryOptions("get", "/api/v1/admin/users");
  return queryClient.invalidateQueries({ queryKey: queryKey.slice(0, 2) });
}

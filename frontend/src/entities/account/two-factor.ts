/** The second factor of one's log-ins. The password is asked for by the server each time. */
import { $api, api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import type { Schemas } from "@/shared/api/types";

const PATH = "/api/v1/users/me/two-factor";

export async function beginTwoFactor(password: string): Promise<Schemas["TwoFactorSetup"] | undefined> {
  const { data } = await api.POST(PATH, { body: { password } });
  return data;
}

/** With the recovery codes, which the server says only once. */
export async function confirmTwoFactor(code: string): Promise<string[]> {
  const { data } = await api.POST(`${PATH}/confirm`, { body: { code } });
  await refetch();
  return data?.recovery_codes ?? [];
}

export async function renewRecoveryCodes(password: string): Promise<string[]> {
  const { data } = await api.POST(`${PATH}/recovery-codes`, { body: { password } });
  await refetch();
  return data?.recovery_codes ?? [];
}

export async function disableTwoFactor(password: string): Promise<void> {
  await api.POST(`${PATH}/disable`, { body: { password } });
  await refetch();
}

function refetch() {
  const { queryKey } = $api.queryOptions("get", PATH);
  return queryClient.invalidateQueries({ queryKey: queryKey.slice(0, 2) });
}

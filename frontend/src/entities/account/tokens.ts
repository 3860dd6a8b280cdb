/** One's API tokens: one REST call each, then the list is read again. */
import { $api, api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import type { Schemas } from "@/shared/api/types";

/** The answer holds the secret, which the server says only once. */
export async function createToken(request: Schemas["CreateTokenRequest"]): Promise<Schemas["CreatedToken"]> {
  const { data } = await api.POST("/api/v1/users/me/tokens", { body: request });
  await refetchTokens();
  return data as Schemas["CreatedToken"];
}

export async function revokeToken(tokenId: string): Promise<void> {
  await api.DELETE("/api/v1/users/me/tokens/{token_id}", { params: { path: { token_id: tokenId } } });
  await refetchTokens();
}

function refetchTokens() {
  const { queryKey } = $api.queryOptions("get", "/api/v1/users/me/tokens");
  return queryClient.invalidateQueries({ queryKey: queryKey.slice(0, 2) });
}

/** Invitations: one REST call each, then the list is read again. */
import { $api, api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/query-client";
import type { Schemas } from "@/shared/api/types";

/** The answer holds the code, which the server says only once. */
export async function createInvitation(
  request: Schemas["CreateInvitationRequest"],
): Promise<Schemas["CreatedInvitation"]> {
  const { data } = await api.POST("/api/v1/admin/invitations", { body: request });
  await refetchInvitations();
  return data as Schemas["CreatedInvitation"];
}

export async function revokeInvitation(invitationId: string): Promise<void> {
  await api.DELETE("/api/v1/admin/invitations/{invitation_id}", {
    params: { path: { invitation_id: invitationId } },
  });
  await refetchInvitations();
}

function refetchInvitations() {
  const { queryKey } = $api.queryOptions("get", "/api/v1/admin/invitations");
  return queryClient.invalidateQueries({ queryKey: queryKey.slice(0, 2) });
}

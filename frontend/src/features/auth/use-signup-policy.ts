import { $api } from "@/shared/api/client";

/** Whether people sign themselves up here. Until the server has said no, they do. */
export function useSignupPolicy(): { isClosed: boolean; domains: readonly string[] } {
  const { data } = $api.useQuery("get", "/api/v1/auth/policy");
  return { isClosed: data?.signup === "closed", domains: data?.mail_domains ?? [] };
}

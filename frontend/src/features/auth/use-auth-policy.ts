import { $api } from "@/shared/api/client";

interface AuthPolicy {
  isClosed: boolean;
  domains: readonly string[];
  /** Whether a forgotten password can be reset by mail. */
  sendsMail: boolean;
  /** What people call the OpenID Connect provider they can sign in with, where there is one. */
  providerName: string | null;
}

/** Whether people sign themselves up here, and what help there is. Until the server has said no, they do. */
export function useAuthPolicy(): AuthPolicy {
  const { data } = $api.useQuery("get", "/api/v1/auth/policy");
  return {
    isClosed: data?.signup === "closed",
    domains: data?.mail_domains ?? [],
    sendsMail: data?.sends_mail === true,
    providerName: data?.oidc_name ?? null,
  };
}

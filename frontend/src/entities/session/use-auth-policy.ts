import { $api } from "@/shared/api/client";
import type { Schemas } from "@/shared/api/types";

interface AuthPolicy {
  /** The server has neither answered yet nor failed to. */
  isAsked: boolean;
  /** Who signs up here. Until the server has said otherwise, everybody. */
  signup: Schemas["Signup"];
  domains: readonly string[];
  /** Whether a forgotten password can be reset by mail. */
  sendsMail: boolean;
  /** What people call the OpenID Connect provider they can sign in with, where there is one. */
  providerName: string | null;
}

/** Whether people sign themselves up here, and what help there is. */
export function useAuthPolicy(): AuthPolicy {
  const { data, isPending, failureCount } = $api.useQuery("get", "/api/v1/auth/policy");
  return {
    isAsked: isPending && failureCount === 0,
    signup: data?.signup ?? "open",
    domains: data?.mail_domains ?? [],
    sendsMail: data?.sends_mail === true,
    providerName: data?.oidc_name ?? null,
  };
}

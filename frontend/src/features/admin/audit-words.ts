/** What people did to accounts, in words. */
import type { Schemas } from "@/shared/api/types";

type Action = Schemas["AuditAction"];

/** Each with what was done; `{}` stands for whose account it is about. */
export const ACTIONS: Readonly<Record<Action, { label: string; done: string }>> = {
  signed_up: { label: "Signed up", done: "made an account" },
  logged_in: { label: "Signed in", done: "signed in" },
  login_refused: { label: "Wrong password", done: "tried a wrong password for {}" },
  refresh_token_reused: { label: "Token used twice", done: "used an old login of {}: it has ended" },
  password_changed: { label: "Password changed", done: "changed their password" },
  sessions_ended: { label: "Logins ended", done: "ended other logins of theirs" },
  user_created: { label: "Account made", done: "made the account {}" },
  user_disabled: { label: "Disabled", done: "disabled {}" },
  user_enabled: { label: "Enabled", done: "enabled {}" },
  admin_granted: { label: "Made admin", done: "made {} a server admin" },
  admin_revoked: { label: "Admin removed", done: "took admin rights from {}" },
  token_created: { label: "Token made", done: "made an API token" },
  token_revoked: { label: "Token revoked", done: "revoked an API token" },
  two_factor_enabled: { label: "Two-factor on", done: "turned two-factor sign-in on" },
  two_factor_disabled: { label: "Two-factor off", done: "turned two-factor sign-in off for {}" },
  recovery_code_used: { label: "Recovery code", done: "signed in with a recovery code" },
  recovery_codes_renewed: { label: "New recovery codes", done: "made new recovery codes" },
  password_reset: { label: "New password", done: "set a new password for {}" },
  password_reset_requested: { label: "Reset asked for", done: "asked for a new password for {}" },
  invitation_created: { label: "Invitation made", done: "made an invitation" },
  invitation_revoked: { label: "Invitation revoked", done: "took an invitation back" },
  identity_linked: { label: "Provider linked", done: "linked their account with the sign-in provider" },
  email_verified: { label: "Address verified", done: "verified the address of {}" },
};

export function describeEvent({ action, actor, target, address }: Schemas["AuditEvent"]): string {
  // Without an address it was done at the server's own command line.
  const who = actor?.display_name ?? (address ? "Somebody" : "An operator");
  const done = ACTIONS[action]?.done ?? action;
  return `${who} ${done.replace("{}", target?.display_name ?? "somebody who is gone")}`;
}

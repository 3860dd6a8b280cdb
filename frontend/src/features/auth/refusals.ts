/** Why a sign-in with the OpenID Connect provider ended here again, by the server's word for it. */
const REFUSALS: Readonly<Record<string, string>> = {
  denied: "You were not signed in: you or the provider said no.",
  expired: "This sign-in took too long, or began in another browser. Try again.",
  closed: "Nobody signs up here: ask who runs this server for an account.",
  domain: "Addresses of your domain can’t sign up here.",
  unverified: "The provider has not confirmed your email address. Confirm it there, then try again.",
  exists:
    "An account here has your email address. Sign in with its password and confirm the address in the settings; then this works, too.",
  limited: "Too many attempts. Wait a moment, then try again.",
};

export function describeRefusal(code: string): string {
  return REFUSALS[code] ?? "Signing in did not work. Try again, or ask who runs this server.";
}

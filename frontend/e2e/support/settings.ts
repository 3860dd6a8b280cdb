/** The pages below `/settings`, of a server admin. */
export const SETTINGS = [
  "profile",
  "appearance",
  "notifications",
  "keyboard",
  "password",
  "two-factor",
  "sessions",
  "tokens",
  "people",
  "rooms",
  "invitations",
  "audit",
  "metrics",
] as const;

/** What an API token may be used for, in words. */
import type { Schemas } from "@/shared/api/types";

export const SCOPES: readonly { scope: Schemas["Scope"]; label: string }[] = [
  { scope: "messages:read", label: "Read and follow messages" },
  { scope: "messages:write", label: "Send, edit and delete messages" },
  { scope: "rooms:read", label: "See rooms and members" },
  { scope: "rooms:write", label: "Make, change and join rooms" },
  { scope: "users:read", label: "See people" },
];

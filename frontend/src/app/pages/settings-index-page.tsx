import { Navigate } from "@tanstack/react-router";
import { useIsNarrow } from "@/shared/lib/use-is-narrow";

/** Beside the list there is room for its first page; phones show the list alone. */
export default function SettingsIndexPage() {
  return useIsNarrow() ? null : <Navigate to="/settings/profile" replace />;
}

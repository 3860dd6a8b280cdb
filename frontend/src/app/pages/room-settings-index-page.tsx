import { Navigate, useParams } from "@tanstack/react-router";
import { useIsNarrow } from "@/shared/lib/use-is-narrow";

/** Beside the list there is room for its first page; phones show the list alone. */
export default function RoomSettingsIndexPage() {
  const { roomId } = useParams({ from: "/in/r/$roomId/settings" });
  return useIsNarrow() ? null : <Navigate to="/r/$roomId/settings/general" params={{ roomId }} replace />;
}

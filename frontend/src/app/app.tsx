import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession } from "@/entities/session/session-store";
import { queryClient } from "@/shared/api/query-client";
import { ErrorBoundary } from "./error-boundary";
import { router } from "./router";
import { Splash } from "./splash";

export function App() {
  const session = useSession();
  const { status } = session;
  // Signing in or out changes where one may be; the routes' own rules decide.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the status is what this runs for
  useEffect(() => {
    void router.invalidate();
  }, [status]);
  if (session.status === "starting") return <Splash isUnreachable={session.isUnreachable} />;
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <RouterProvider router={router} />
      </ErrorBoundary>
    </QueryClientProvider>
  );
}

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
  // Signing in or out changes where one may be; the routes' own rules decide. Not before it is known who is there:
  // the page to sign in would flash by.
  useEffect(() => {
    if (status !== "starting") void router.invalidate();
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

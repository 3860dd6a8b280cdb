import { type Query, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error";

/**
 * The one cache of server snapshots. The socket keeps what it feeds fresh (so `staleTime` is infinite there), and
 * resuming after an absence replaces refetching on focus or reconnect.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
      retry: (failures, error) => !isRefused(error) && failures < 4,
    },
    mutations: { networkMode: "always" },
  },
});

/** An answer that asking again would not change. */
const isRefused = (error: Error | null) => error instanceof ApiError && error.status < 500;

/** To be called when there is a connection again: what is on the screen and failed for want of one comes by itself. */
export function askFailedAgain() {
  const isWorthIt = ({ state }: Query) => state.status === "error" && !isRefused(state.error);
  return queryClient.refetchQueries({ type: "active", predicate: isWorthIt });
}

import { QueryClient } from "@tanstack/react-query";
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
      retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 4,
    },
    mutations: { networkMode: "always" },
  },
});

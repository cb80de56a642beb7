// How the page reads: no refetch storms, nothing kept for ever, errors as ApiFailure.
import { QueryClient } from "@tanstack/react-query";
import type { ApiFailure } from "../ipc";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The shell is on this machine: the browser's idea of being offline means nothing here.
        networkMode: "always",
        staleTime: 10_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 1 && error.api.retryable && error.api.code !== "store_down",
        retryDelay: 600,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: ApiFailure;
  }
}

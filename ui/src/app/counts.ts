// The two numbers of the rail. Asked seldom, and only of a PostgreSQL that answers; totals are estimates where counting is dear.
import { queryOptions } from "@tanstack/react-query";
import { api } from "../ipc";

export const peopleTotalQuery = queryOptions({
  queryKey: ["user_count", "rail"],
  queryFn: () => api.userCount({ search: null, terms: [] }),
  staleTime: 5 * 60_000,
  refetchInterval: 5 * 60_000,
});

export const liveMeetingsQuery = queryOptions({
  queryKey: ["meeting_live"],
  queryFn: api.meetingLive,
  staleTime: 10_000,
  refetchInterval: 30_000,
});

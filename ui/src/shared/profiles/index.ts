// Profiles as every part of the page reads and opens them.
// Opening a profile: everything read so far belongs to another deployment and is dropped.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, appInfoQuery } from "../../ipc";

export const profilesQuery = queryOptions({
  queryKey: ["profile_list"],
  queryFn: api.profileList,
  staleTime: 5_000,
});

const OPEN_PROFILE = ["profile_open"] as const;

export function useOpenProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: OPEN_PROFILE,
    mutationFn: (name: string) => api.profileOpen(name),
    onSuccess: async () => {
      client.removeQueries({ type: "inactive" });
      await client.fetchQuery({ ...appInfoQuery, staleTime: 0 });
      await client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== appInfoQuery.queryKey[0] });
    },
  });
}

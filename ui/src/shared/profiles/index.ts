// Profiles as every part of the page reads and opens them.
// Opening a profile: everything read so far belongs to another deployment and is dropped.
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, appInfoQuery, type ProfileSummary, useAppInfo } from "../../ipc";

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

/** A profile that is open by its path need not be one of this user's: it can be looked through, not edited here. */
export type KnownProfile = ProfileSummary & { isOwn: boolean };

export function useProfiles() {
  const query = useQuery(profilesQuery);
  const open = useAppInfo().data?.profile;
  const own = query.data?.map((one): KnownProfile => ({ ...one, isOwn: true }));
  const isElsewhere = open && own?.every(({ name }) => name !== open.name);
  return { query, profiles: own && (isElsewhere ? [...own, { ...open, isOwn: false }] : own) };
}

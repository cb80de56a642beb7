// What the people screens read: one query per part.
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../ipc";

export const userQuery = (id: string) =>
  queryOptions({ queryKey: ["user", id], queryFn: () => api.userGet(id) });
export const avatarQuery = (id: string) =>
  queryOptions({
    queryKey: ["user", id, "avatar"],
    queryFn: () => api.userAvatar(id),
    // The address in it expires; asked for again well before.
    staleTime: 4 * 60_000,
    retry: false,
  });
export const permissionsQuery = (id: string) =>
  queryOptions({ queryKey: ["user", id, "permissions"], queryFn: () => api.userPermissions(id) });
export const sessionsQuery = (id: string) =>
  queryOptions({ queryKey: ["user", id, "sessions"], queryFn: () => api.userSessions(id) });

// State that the shell pushes (health, rung, tasks) as queries that every screen shares, kept fresh by its events.
// Call `useLiveSync` once, in the app; the other hooks anywhere.
import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "./api";
import type { Health, StoreHealth, StoreKind, Task } from "./bindings";
import { onHealth, onRung, onTask } from "./events";
import { healthHistory } from "./healthHistory";

export const appInfoQuery = queryOptions({
  queryKey: ["app_info"],
  queryFn: api.appInfo,
  staleTime: Number.POSITIVE_INFINITY,
});
export const healthQuery = queryOptions({ queryKey: ["health"], queryFn: api.healthGet, staleTime: 15_000 });
export const rungQuery = queryOptions({ queryKey: ["rung"], queryFn: api.rungGet, staleTime: 60_000 });
export const tasksQuery = queryOptions({ queryKey: ["tasks"], queryFn: api.taskList, staleTime: 60_000 });

const TASKS_KEPT = 50;

function withTask(tasks: Task[] | undefined, task: Task): Task[] {
  const others = (tasks ?? []).filter((known) => known.id !== task.id);
  return [task, ...others].sort((a, b) => b.started_at.localeCompare(a.started_at)).slice(0, TASKS_KEPT);
}

const isAway = (one: StoreHealth | undefined) => one?.state === "down";

/** A store that went takes its part of the shared figures with it at once; one that came back is worth asking everything again. */
function readAnew(client: QueryClient, before: Health | undefined, now: Health): void {
  const turned = now.stores.filter(
    (one) => before !== undefined && isAway(one) !== isAway(healthOf(before, one.store)),
  );
  if (turned.length === 0) return;
  const isBack = turned.some((one) => !isAway(one));
  const told = new Set<unknown>(["health", "rung", "tasks", "app_info"]);
  const shared = new Set<unknown>(["overview", "meeting_live"]);
  void client.invalidateQueries({
    predicate: ({ queryKey }) => (isBack ? !told.has(queryKey[0]) : shared.has(queryKey[0])),
  });
}

export function useLiveSync(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = [
      onHealth((health) => {
        const before = client.getQueryData(healthQuery.queryKey);
        client.setQueryData(healthQuery.queryKey, health);
        readAnew(client, before, health);
      }),
      client.getQueryCache().subscribe(({ query, type }) => {
        const health = query.state.data;
        if (type === "updated" && query.queryKey[0] === healthQuery.queryKey[0] && health !== undefined) {
          const profile = client.getQueryData(appInfoQuery.queryKey)?.profile?.name;
          if (profile) healthHistory(profile).add(health as Health);
        }
      }),
      onRung((state) => client.setQueryData(rungQuery.queryKey, state)),
      onTask((task) =>
        client.setQueryData(tasksQuery.queryKey, (tasks: Task[] | undefined) => withTask(tasks, task)),
      ),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
}

export const useAppInfo = () => useQuery(appInfoQuery);
export const useHealth = () => useQuery(healthQuery);
export const useRung = () => useQuery(rungQuery);
export const useTasks = () => useQuery(tasksQuery);

export function healthOf(health: Health | undefined, store: StoreKind): StoreHealth | undefined {
  return health?.stores.find((one) => one.store === store);
}

/** One store's health; `undefined` until the first answer. */
export function useStoreHealth(store: StoreKind): StoreHealth | undefined {
  return healthOf(useHealth().data, store);
}

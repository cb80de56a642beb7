// One list's rows for React: kept in the query cache under the list's key, so that coming back shows them at once, an invalidation reads
// them anew, and a change of profile lets them go.
import { type QueryKey, useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useStoreBack } from "../detail/useStoreBack";
import { type FetchPage, KeysetRows, type RowsState } from "./KeysetRows";

const STALE_MS = 15_000;

export function useKeysetRows<T>(
  key: QueryKey,
  fetchPage: FetchPage<T>,
  /** Nothing is read before: the key is not whole yet. */
  enabled = true,
): { rows: KeysetRows<T>; state: RowsState } {
  const [born] = useState(() => Date.now());
  const query = useQuery({
    queryKey: key,
    queryFn: async () => {
      const fresh = new KeysetRows(fetchPage);
      fresh.want(0, 1);
      await settled(fresh);
      return fresh;
    },
    initialData: () => new KeysetRows(fetchPage),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    enabled,
  });
  const rows = query.data;
  const state = useSyncExternalStore(rows.subscribe, rows.snapshot);
  useEffect(() => {
    if (!enabled) return;
    const { asOf, count } = rows.snapshot();
    if (count === 0) rows.want(0, 1);
    else if (asOf !== null && born - new Date(asOf).getTime() > STALE_MS) void rows.refresh();
  }, [rows, born, enabled]);
  // Every list is read from PostgreSQL: when it answers again, what failed is tried again.
  useStoreBack("postgres", () => {
    if (rows.snapshot().error !== null) rows.retry();
  });
  return { rows, state };
}

function settled<T>(rows: KeysetRows<T>): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (rows.snapshot().loading) return;
      stop();
      done();
    };
    const stop = rows.subscribe(look);
    look();
  });
}

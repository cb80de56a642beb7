// What Overview and Audit share of the audit trail: how it is read, and its words.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type AuditEntry, api } from "../../ipc";
import type { Tone } from "../feedback";

const PAGE = 100;
const PAGES_KEPT = 50;

export const auditListQuery = (search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["audit_list", search ?? ""],
    queryFn: ({ pageParam }) =>
      api.auditList({ search: search ?? null, page: { after: pageParam, limit: PAGE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    maxPages: PAGES_KEPT,
  });

export const auditRecentQuery = queryOptions({
  queryKey: ["audit_recent"],
  queryFn: () => api.auditList({ search: null, page: { after: null, limit: 40 } }),
  refetchInterval: 30_000,
});

/** Walks the whole chain: only when asked. Its last result is kept for the session. */
export const auditVerifyQuery = queryOptions({
  queryKey: ["audit_verify"],
  queryFn: api.auditVerify,
  enabled: false,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export type Change = {
  /** Its newest entry: the outcome where there is one. */
  entry: AuditEntry;
  /** `pending`: an intent whose outcome was never written. */
  result: "done" | "not_done" | "unknown" | "pending";
};

/** One line per change, newest first: the outcome speaks for its intent. */
export function changesOf(entries: readonly AuditEntry[]): Change[] {
  const closed = new Set<string>();
  const changes: Change[] = [];
  for (const entry of entries) {
    if (entry.phase === "outcome") {
      closed.add(entry.change_id);
      changes.push({ entry, result: entry.outcome ?? "unknown" });
    } else if (!closed.has(entry.change_id)) {
      changes.push({ entry, result: "pending" });
    }
  }
  return changes;
}

export const RESULT_TONE: Record<Change["result"], Tone> = {
  done: "up",
  not_done: "idle",
  unknown: "warn",
  pending: "warn",
};

const ACTIONS = ["user_set_status", "schema_migrate", "seed_demo"] as const;

/** An action in words; one this window does not know is shown by its own name. */
export function useActionWord(): (action: string) => string {
  const { t } = useTranslation("audit");
  return (action) => {
    const known = ACTIONS.find((one) => one === action);
    return known ? t(`action.${known}`) : action;
  };
}

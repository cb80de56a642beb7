// Reads lists anew after a change, in their place: scrolled where they were, rows kept until the new ones are there.
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { KeysetRows } from "./KeysetRows";

export function refreshLists(client: QueryClient, queryKey: QueryKey): void {
  for (const query of client.getQueryCache().findAll({ queryKey })) {
    const rows: unknown = query.state.data;
    if (rows instanceof KeysetRows && rows.snapshot().count > 0) void rows.refresh();
  }
}

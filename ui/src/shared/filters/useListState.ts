// A list's address as its screen needs it: chips and search as the shell's filter, the order, and ways to change them.
import { useMemo } from "react";
import type { Filter, Sort } from "../../ipc";
import type { ListSearch } from "../hooks/listSearch";
import { useTimeMode } from "../time";
import { parseChips, toFilter } from "./chips";

export function sortOf<S extends string>(
  text: string | undefined,
  known: readonly S[],
  fallback: Sort<S>,
): Sort<S> {
  const descending = text?.startsWith("-") ?? false;
  const by = known.find((one) => one === (descending ? text?.slice(1) : text));
  return by === undefined ? fallback : { by, descending };
}

export const formatSort = ({ by, descending }: { by: string; descending: boolean }) =>
  `${descending ? "-" : ""}${by}`;

/** The filter is the same object until its words change, so that it can be a key. */
export function useFilter<F extends string>(search: ListSearch, fields: readonly F[]): Filter<F> {
  const [mode] = useTimeMode();
  const words = JSON.stringify(toFilter(search.q, parseChips(search.f, fields), mode === "utc"));
  return useMemo(() => JSON.parse(words) as Filter<F>, [words]);
}

// The state of a list as its address holds it: search text, chips, order, the row shown in the pane. Everything else about a list
// (columns, widths) is a preference. Chips are `field=value,value` or `field!=value`; a chip that is switched off begins with `~`.
export type ListSearch = {
  /** Search text. */
  q?: string;
  /** Chips. */
  f?: string[];
  /** `start` or `-start` (descending). */
  sort?: string;
  /** Id of the row in the side pane. */
  show?: string;
};

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;

/** Makes sense of an address; what it cannot read it leaves out, so that an old link still opens. */
export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const chips = Array.isArray(raw.f) ? raw.f : raw.f === undefined ? [] : [raw.f];
  const f = chips.map(text).filter((chip): chip is string => chip !== undefined);
  const search: ListSearch = {};
  const q = text(raw.q);
  if (q !== undefined) search.q = q;
  if (f.length > 0) search.f = f;
  const sort = text(raw.sort);
  if (sort !== undefined) search.sort = sort;
  const show = text(raw.show);
  if (show !== undefined) search.show = show;
  return search;
}

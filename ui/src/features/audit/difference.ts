// Before and after as rows by path. Objects are walked, lists are compared whole: an order that changed is a change.
export type DiffRow = { path: string; before: string | null; after: string | null; changed: boolean };

type Flat = Map<string, string>;
const MOST_ROWS = 500;

function write(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
}

function flatten(value: unknown, path: string, into: Flat): void {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isObject && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, path === "" ? key : `${path}.${key}`, into);
  } else into.set(path, write(value));
}

/** Rows in the order of their paths, changed ones first. `null` on a side: it has no such field. */
export function differences(before: unknown, after: unknown): DiffRow[] {
  const left: Flat = new Map();
  const right: Flat = new Map();
  if (before !== null && before !== undefined) flatten(before, "", left);
  if (after !== null && after !== undefined) flatten(after, "", right);
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
  const rows = paths.map((path): DiffRow => {
    const was = left.get(path) ?? null;
    const is = right.get(path) ?? null;
    return { path, before: was, after: is, changed: was !== is };
  });
  return [...rows.filter((row) => row.changed), ...rows.filter((row) => !row.changed)].slice(0, MOST_ROWS);
}

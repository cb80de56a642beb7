// A set of row numbers as sorted, disjoint, half-open ranges: selecting a million rows costs one pair of numbers.
export type Range = readonly [from: number, end: number];
export type Ranges = readonly Range[];

export const NONE: Ranges = [];

function merged(ranges: Range[]): Ranges {
  const sorted = ranges.filter(([from, end]) => end > from).sort((a, b) => a[0] - b[0]);
  const out: [number, number][] = [];
  for (const [from, end] of sorted) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([from, end]);
  }
  return out;
}

/** The rows between two, both included, in either order. */
export const between = (a: number, b: number): Range => [Math.min(a, b), Math.max(a, b) + 1];

export const add = (ranges: Ranges, range: Range): Ranges => merged([...ranges, range]);

export function remove(ranges: Ranges, [from, end]: Range): Ranges {
  return ranges.flatMap(([a, b]): Range[] =>
    b <= from || a >= end
      ? [[a, b]]
      : [[a, Math.min(b, from)] as Range, [Math.max(a, end), b] as Range].filter(([x, y]) => y > x),
  );
}

export function has(ranges: Ranges, row: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, end] = ranges[middle] as Range;
    if (row < from) high = middle - 1;
    else if (row >= end) low = middle + 1;
    else return true;
  }
  return false;
}

export const toggle = (ranges: Ranges, row: number): Ranges =>
  has(ranges, row) ? remove(ranges, [row, row + 1]) : add(ranges, [row, row + 1]);

export const size = (ranges: Ranges): number => ranges.reduce((sum, [from, end]) => sum + end - from, 0);

/** What of the set lies below `count`. */
export const clip = (ranges: Ranges, count: number): Ranges =>
  merged(ranges.map(([from, end]): Range => [from, Math.min(end, count)]));

/** The row numbers, ascending, at most `limit`. */
export function* rowsOf(ranges: Ranges, limit = Number.POSITIVE_INFINITY): Generator<number> {
  let given = 0;
  for (const [from, end] of ranges) {
    for (let row = from; row < end; row++) {
      if (given++ >= limit) return;
      yield row;
    }
  }
}

// Time drawn from left to right: scale, ticks, bars, bins. Pure numbers in milliseconds and pixels; drawing is the components' affair.
export type Scale = { from: number; to: number; width: number };

export const toX = ({ from, to, width }: Scale, at: number): number =>
  to <= from ? 0 : Math.min(width, Math.max(0, ((at - from) / (to - from)) * width));

export const toTime = ({ from, to, width }: Scale, x: number): number =>
  width <= 0 ? from : from + (Math.min(width, Math.max(0, x)) / width) * (to - from);

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;
const STEPS = [
  S,
  2 * S,
  5 * S,
  10 * S,
  15 * S,
  30 * S,
  M,
  2 * M,
  5 * M,
  10 * M,
  15 * M,
  30 * M,
  H,
  2 * H,
  3 * H,
  6 * H,
  12 * H,
  D,
  2 * D,
  7 * D,
  14 * D,
  30 * D,
  90 * D,
  365 * D,
];

/** The shortest step of a clock at which labels are at least `gap` px apart. */
export function tickStep(scale: Scale, gap: number): number {
  const wanted = ((scale.to - scale.from) / Math.max(1, scale.width)) * gap;
  return STEPS.find((step) => step >= wanted) ?? Math.ceil(wanted / D) * D;
}

/** Moments for labels, at whole steps after `origin` (midnight of the zone shown, or the start of a recording). */
export function ticks(scale: Scale, gap: number, origin = 0): number[] {
  if (scale.to <= scale.from || scale.width <= 0) return [];
  const step = tickStep(scale, gap);
  const out: number[] = [];
  for (let at = origin + Math.ceil((scale.from - origin) / step) * step; at <= scale.to; at += step) {
    out.push(at);
    if (out.length > 200) break;
  }
  return out;
}

export type Bar = { x: number; width: number; open: boolean };

/** A stay from `from` to `to` (still there where `null`), cut to the scale; `null` where none of it shows. */
export function bar(scale: Scale, from: number, to: number | null, now: number): Bar | null {
  const end = to ?? Math.max(now, from);
  if (end < scale.from || from > scale.to) return null;
  const x = toX(scale, from);
  return { x, width: Math.max(2, toX(scale, end) - x), open: to === null };
}

/** How many of `times` fall into each of `count` equal bins. */
export function bins(times: readonly number[], from: number, to: number, count: number): number[] {
  const out = new Array<number>(Math.max(1, count)).fill(0);
  if (to <= from) return out;
  for (const at of times) {
    if (at < from || at > to) continue;
    const n = Math.min(out.length - 1, Math.floor(((at - from) / (to - from)) * out.length));
    out[n] = (out[n] as number) + 1;
  }
  return out;
}

export type Shares = { key: string; course: number[] }[];

/**
 * For each kind its share of every bin, 0 to 1, most frequent kinds first, at most `kinds` of them; a bin without any holds what was
 * before it, and `known` says from which to which bin there was anything at all.
 */
export function shares(
  marks: readonly { at: number; key: string }[],
  from: number,
  to: number,
  count: number,
  kinds: number,
): { shares: Shares; first: number; last: number } {
  const totals = new Map<string, number>();
  for (const { key } of marks) totals.set(key, (totals.get(key) ?? 0) + 1);
  const keys = [...totals.entries()]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, kinds)
    .map(([key]) => key);
  const counted = keys.map((key) =>
    bins(
      marks.filter((mark) => mark.key === key).map((mark) => mark.at),
      from,
      to,
      count,
    ),
  );
  const courses = keys.map(() => new Array<number>(count).fill(0));
  let first = -1;
  let last = -1;
  for (let bin = 0; bin < count; bin++) {
    const sum = counted.reduce((all, course) => all + (course[bin] as number), 0);
    if (sum > 0) {
      if (first < 0) first = bin;
      last = bin;
    }
    courses.forEach((course, k) => {
      const before = bin > 0 ? (course[bin - 1] as number) : 0;
      course[bin] = sum > 0 ? (counted[k]?.[bin] as number) / sum : before;
    });
  }
  return { shares: keys.map((key, k) => ({ key, course: courses[k] as number[] })), first, last };
}

/** Stacked areas as SVG path data, bottom to top, one per kind. */
export function stackedAreas(
  parts: Shares,
  first: number,
  last: number,
  width: number,
  height: number,
): string[] {
  const count = parts[0]?.course.length ?? 0;
  if (count === 0 || first < 0) return [];
  const step = width / count;
  const floor = new Array<number>(count).fill(0);
  return parts.map(({ course }) => {
    const upper: string[] = [];
    const lower: string[] = [];
    for (let bin = first; bin <= last; bin++) {
      const [x0, x1] = [(bin * step).toFixed(1), ((bin + 1) * step).toFixed(1)];
      const y0 = (height - (floor[bin] as number) * height).toFixed(1);
      floor[bin] = (floor[bin] as number) + (course[bin] as number);
      const y1 = (height - (floor[bin] as number) * height).toFixed(1);
      upper.push(`${x0} ${y1}`, `${x1} ${y1}`);
      lower.unshift(`${x1} ${y0}`, `${x0} ${y0}`);
    }
    return `M${upper.join("L")}L${lower.join("L")}Z`;
  });
}

/** Of marks closer together than `gap` px, the weightiest: no more marks than can be told apart. */
export function thinned<T extends { at: number; weight: number }>(
  marks: readonly T[],
  scale: Scale,
  gap: number,
): T[] {
  const kept = new Map<number, T>();
  for (const mark of marks) {
    if (mark.at < scale.from || mark.at > scale.to) continue;
    const slot = Math.floor(toX(scale, mark.at) / gap);
    const there = kept.get(slot);
    if (!there || mark.weight > there.weight) kept.set(slot, mark);
  }
  return [...kept.values()].sort((a, b) => a.at - b.at);
}

// Places for labels on a time axis: round steps in the zone the times are shown in.
const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440] as const;
const MINUTE_MS = 60_000;

/** Round moments between `from` and `to`, at most about `wanted` of them. */
export function timeTicks(
  from: number,
  to: number,
  wanted: number,
  zoneOffsetMs = -new Date(to).getTimezoneOffset() * MINUTE_MS,
): number[] {
  if (!(to > from) || wanted < 1) return [];
  const stepMin =
    STEPS_MIN.find((step) => (to - from) / (step * MINUTE_MS) <= wanted) ??
    Math.ceil((to - from) / MINUTE_MS / wanted / 1440) * 1440;
  const step = stepMin * MINUTE_MS;
  const first = Math.ceil((from + zoneOffsetMs) / step) * step - zoneOffsetMs;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return ticks;
}

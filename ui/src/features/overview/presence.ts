// From joins and leaves to a shape: half its height is how many were in, of the room's own peak.
import type { LiveMeeting } from "../../ipc";

const LONGEST_MS = 4 * 3_600_000;
const SHORTEST_MS = 20 * 60_000;

/** From the earliest start shown to now, but no more than four hours and no less than twenty minutes. */
export function domainOf(shown: readonly LiveMeeting[], now: number): [from: number, to: number] {
  const earliest = Math.min(
    now - SHORTEST_MS,
    ...shown.map(({ meeting }) => new Date(meeting.start_time).getTime()),
  );
  return [Math.max(earliest, now - LONGEST_MS), now];
}

/** The outline, closed; empty where nobody has joined yet. */
export function presenceShape(
  one: LiveMeeting,
  from: number,
  now: number,
  x: (at: number) => number,
  middle: number,
  half: number,
): string {
  const steps = one.presence
    .map(({ at, present }) => ({ at: new Date(at).getTime(), present }))
    .sort((a, b) => a.at - b.at);
  const peak = Math.max(1, ...steps.map(({ present }) => present));
  const before = steps.filter(({ at }) => at <= from).at(-1);
  const inside = steps.filter(({ at }) => at > from && at <= now);
  const points: [number, number][] = before ? [[x(from), before.present]] : [];
  const start = Math.max(from, Math.min(new Date(one.meeting.start_time).getTime(), inside[0]?.at ?? now));
  if (!before) points.push([x(start), 0]);
  for (const { at, present } of inside) points.push([x(at), present]);
  const last = points.at(-1);
  if (!last || points.length + Number(Boolean(before)) < 2) return "";
  points.push([x(now), last[1]]);
  const up = points.map(
    ([px, present]) => `${px.toFixed(1)} ${(middle - (present / peak) * half).toFixed(1)}`,
  );
  const down = points
    .toReversed()
    .map(([px, present]) => `${px.toFixed(1)} ${(middle + (present / peak) * half).toFixed(1)}`);
  return `M${up.join("L")}L${down.join("L")}Z`;
}

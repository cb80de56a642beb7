// Where the clock's whole hours begin, for ticks: local midnight, UTC midnight, or the meeting's start.
import { useMeetingClock, useTimeMode } from "../time";

export function useTickOrigin(from: number): number {
  const [mode] = useTimeMode();
  const start = useMeetingClock();
  if (mode === "meeting" && start) return new Date(start).getTime();
  if (mode === "utc") return 0;
  const midnight = new Date(from);
  midnight.setHours(0, 0, 0, 0);
  return midnight.getTime();
}

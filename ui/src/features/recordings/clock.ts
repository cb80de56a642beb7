// When a recording began on the meeting's clock. Nothing in the platform's data says so outright: the file's name carries the second in UTC
// (`recording_20240101_120000.mp4`), the row's creation is next best, the meeting's start last. The page says which it took, and a person
// can shift it; what they set is remembered for the recordings set last.
import type { Recording } from "../../ipc";

export type ClockBasis = "name" | "created" | "meeting" | "none";
export type RecordingClock = { start: number | null; basis: ClockBasis };

const STAMP = /(\d{4})(\d{2})(\d{2})[_T-]?(\d{2})(\d{2})(\d{2})(?!\d)/;
const FAR_MS = 36 * 3600_000;

function fromName(path: string): number | null {
  const match = STAMP.exec(path.slice(path.lastIndexOf("/") + 1));
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const time = (moment: string | null) => (moment === null ? null : new Date(moment).getTime());

export function recordingClock(
  recording: Pick<Recording, "file_path" | "created_at" | "meeting_start">,
): RecordingClock {
  const meeting = time(recording.meeting_start);
  const named = fromName(recording.file_path);
  // A name from another day than the meeting is no clock.
  if (named !== null && (meeting === null || Math.abs(named - meeting) < FAR_MS))
    return { start: named, basis: "name" };
  const created = time(recording.created_at);
  if (created !== null && (meeting === null || Math.abs(created - meeting) < FAR_MS)) {
    return { start: created, basis: "created" };
  }
  return meeting === null ? { start: null, basis: "none" } : { start: meeting, basis: "meeting" };
}

export type Shift = { id: string; s: number };
export const SHIFTS_KEPT = 200;
export const withShift = (shifts: readonly Shift[], shift: Shift): Shift[] => {
  const others = shifts.filter((one) => one.id !== shift.id);
  return shift.s === 0 ? others : [...others, shift].slice(-SHIFTS_KEPT);
};

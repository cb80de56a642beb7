// A meeting's state and length in words. The platform publishes no list of states: an unknown word is shown as it is.
import type { useTranslation } from "react-i18next";
import type { Meeting } from "../../ipc";
import type { Tone } from "../../shared/feedback";

export type Words = ReturnType<typeof useTranslation<"meetings">>["t"];

const ENDED = ["ended", "completed", "finished"];
const CANCELLED = ["cancelled", "canceled"];

type Stateful = Pick<Meeting, "status"> & { live?: boolean };
export function meetingState(t: Words, meeting: Stateful): { tone: Tone; word: string } {
  const status = meeting.status?.toLowerCase() ?? "";
  if (meeting.live || ["active", "live", "in_progress", "ongoing"].includes(status)) {
    return { tone: "live", word: t("state.live") };
  }
  if (ENDED.includes(status)) return { tone: "idle", word: t("state.ended") };
  if (CANCELLED.includes(status)) return { tone: "down", word: t("state.cancelled") };
  if (status === "scheduled") return { tone: "mute", word: t("state.scheduled") };
  return { tone: "mute", word: meeting.status ?? t("state.none") };
}

/** Seconds it lasted, or lasts so far; `null` before it began or where nobody wrote down its end. */
export function lasted(meeting: Meeting, now: number): number | null {
  const start = new Date(meeting.start_time).getTime();
  const cancelled = CANCELLED.includes(meeting.status?.toLowerCase() ?? "");
  if (cancelled || start > now) return null;
  if (meeting.live) return (now - start) / 1000;
  if (meeting.end_time === null) return null;
  const end = new Date(meeting.end_time).getTime();
  return end >= start ? (end - start) / 1000 : null;
}

// In which time moments are shown: this machine's zone, UTC, or the meeting's own clock (elapsed since its start, where a
// screen names a start with <MeetingClock>; elsewhere local time). One switch for the whole window, remembered.
import { createContext, useContext } from "react";
import { usePreference } from "../../ipc";

export type TimeMode = "local" | "utc" | "meeting";
export const TIME_MODES: readonly TimeMode[] = ["local", "utc", "meeting"];

export function useTimeMode(): [TimeMode, (mode: TimeMode) => void] {
  return usePreference<TimeMode>("time.mode", "local");
}

/** The start of the meeting a screen is about, as ISO 8601; `null` where a screen is about none. */
export const MeetingClock = createContext<string | null>(null);
export const useMeetingClock = () => useContext(MeetingClock);

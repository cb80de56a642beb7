// Time on screen: the mode (local, UTC, meeting), the meeting's clock, the ticking now.
export { MeetingClock, TIME_MODES, type TimeMode, useMeetingClock, useTimeMode } from "./mode";
export { useNow } from "./now";

// Time from left to right: geometry, marks, the meeting's timeline.
export * from "./geometry";
export { MeetingTimeline, type MeetingTimelineProps, useEmotionWord } from "./MeetingTimeline";
export * from "./marks";
export { useWidth } from "./useWidth";

// Time from left to right: geometry, marks, the meeting's timeline.
export * from "./geometry";
export { emotionWord, MeetingTimeline, type MeetingTimelineProps } from "./MeetingTimeline";
export * from "./marks";
export { useWidth } from "./useWidth";

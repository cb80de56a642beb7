// The player's keys as a table: what each does. Pure; the page registers them, so that the sheet of keys shows them and none fires while an
// input method is composing.
export type PlayerAction =
  | { kind: "toggle" }
  | { kind: "by"; seconds: number }
  | { kind: "frame"; by: 1 | -1 }
  | { kind: "speed"; by: 1 | -1 }
  | { kind: "volume"; by: number }
  | { kind: "mute" }
  | { kind: "fullscreen" }
  | { kind: "pip" }
  | { kind: "part"; of: number }
  | { kind: "link" };

export type KeyName =
  | "toggle"
  | "pause"
  | "back10"
  | "on10"
  | "back5"
  | "on5"
  | "frameBack"
  | "frameOn"
  | "slower"
  | "faster"
  | "louder"
  | "quieter"
  | "mute"
  | "fullscreen"
  | "pip"
  | "start"
  | "end"
  | "link"
  | "part";

export type PlayerKey = { name: KeyName; keys: string; action: PlayerAction };

const DIGITS: PlayerKey[] = Array.from({ length: 10 }, (_, n) => ({
  name: "part",
  keys: String(n),
  action: { kind: "part", of: n / 10 },
}));

export const PLAYER_KEYS: readonly PlayerKey[] = [
  { name: "toggle", keys: "space", action: { kind: "toggle" } },
  { name: "pause", keys: "k", action: { kind: "toggle" } },
  { name: "back10", keys: "j", action: { kind: "by", seconds: -10 } },
  { name: "on10", keys: "l", action: { kind: "by", seconds: 10 } },
  { name: "back5", keys: "arrowleft", action: { kind: "by", seconds: -5 } },
  { name: "on5", keys: "arrowright", action: { kind: "by", seconds: 5 } },
  { name: "frameBack", keys: ",", action: { kind: "frame", by: -1 } },
  { name: "frameOn", keys: ".", action: { kind: "frame", by: 1 } },
  { name: "slower", keys: "<", action: { kind: "speed", by: -1 } },
  { name: "faster", keys: ">", action: { kind: "speed", by: 1 } },
  { name: "louder", keys: "arrowup", action: { kind: "volume", by: 0.05 } },
  { name: "quieter", keys: "arrowdown", action: { kind: "volume", by: -0.05 } },
  { name: "mute", keys: "m", action: { kind: "mute" } },
  { name: "fullscreen", keys: "f", action: { kind: "fullscreen" } },
  { name: "pip", keys: "p", action: { kind: "pip" } },
  { name: "start", keys: "home", action: { kind: "part", of: 0 } },
  { name: "end", keys: "end", action: { kind: "part", of: 1 } },
  { name: "link", keys: "c", action: { kind: "link" } },
  ...DIGITS,
];

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** The next speed in the table up or down from any speed. */
export function nextSpeed(now: number, by: 1 | -1): number {
  if (by > 0) return SPEEDS.find((speed) => speed > now + 0.001) ?? 3;
  return [...SPEEDS].reverse().find((speed) => speed < now - 0.001) ?? 0.5;
}

export const clampTime = (seconds: number, duration: number): number =>
  Math.max(0, Number.isFinite(duration) && duration > 0 ? Math.min(seconds, duration) : seconds);

const USUAL_FRAME_S = 1 / 25;
/** The length of a frame from the times of frames as they were shown; the usual one where too few were seen. */
export function frameLength(times: readonly number[]): number {
  const gaps: number[] = [];
  for (let n = 1; n < times.length; n++) {
    const gap = (times[n] as number) - (times[n - 1] as number);
    if (gap > 1 / 130 && gap < 0.25) gaps.push(gap);
  }
  if (gaps.length < 3) return USUAL_FRAME_S;
  gaps.sort((a, b) => a - b);
  // Frames that were skipped make long gaps, never short ones: the lower quarter is the true length.
  return gaps[Math.floor(gaps.length / 4)] as number;
}

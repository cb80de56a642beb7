// From what the stores hold to marks on one clock: stays, emotions, log lines. Values of no fixed shape are read with care; what cannot be
// placed in time is counted, never guessed.
import type { AiResult, ChatMessage, LogLine, Participant } from "../../ipc";

const time = (moment: string | null | undefined): number | null => {
  if (!moment) return null;
  const ms = new Date(moment).getTime();
  return Number.isNaN(ms) ? null : ms;
};

export type Stay = {
  id: string;
  userId: string;
  name: string;
  role: string | null;
  from: number;
  to: number | null;
};

export function staysOf(participants: readonly Participant[]): { stays: Stay[]; unplaced: number } {
  const stays = participants.flatMap((one): Stay[] => {
    const from = time(one.join_time);
    if (from === null) return [];
    const name = one.full_name ?? one.username;
    return [{ id: one.id, userId: one.user_id, name, role: one.role, from, to: time(one.leave_time) }];
  });
  const host = (stay: Stay) => (stay.role === "host" ? 0 : 1);
  stays.sort((a, b) => host(a) - host(b) || a.from - b.from || a.name.localeCompare(b.name));
  return { stays, unplaced: participants.length - stays.length };
}

export type EmotionMark = {
  at: number;
  key: string;
  confidence: number | null;
  who: string | null;
  personId: string | null;
};

/** Seconds, or milliseconds where the number is too large for seconds, or a text. */
function anyTime(value: unknown): number | null {
  if (typeof value === "number" && Number.isFinite(value)) return value > 1e11 ? value : value * 1000;
  return typeof value === "string" ? (/^\d+$/.test(value) ? anyTime(Number(value)) : time(value)) : null;
}

export function emotionsOf(results: readonly AiResult[]): EmotionMark[] {
  return results
    .flatMap((one): EmotionMark[] => {
      if (typeof one.result !== "object" || one.result === null) return [];
      const result = one.result as Record<string, unknown>;
      const at = anyTime(result.timestamp) ?? time(one.created_at);
      if (typeof result.emotion !== "string" || at === null) return [];
      const confidence = typeof result.confidence === "number" ? result.confidence : null;
      return [
        { at, key: result.emotion, confidence, who: one.participant_name, personId: one.participant_id },
      ];
    })
    .sort((a, b) => a.at - b.at);
}

export const LEVEL_WEIGHT: Record<string, number> = {
  debug: 0,
  trace: 0,
  info: 1,
  notice: 1,
  warn: 2,
  warning: 2,
  error: 3,
  critical: 4,
  fatal: 4,
};
export const levelWeight = (level: string) => LEVEL_WEIGHT[level.toLowerCase()] ?? 1;

export type LogMark = { at: number; weight: number };
export const logMarks = (lines: readonly LogLine[]): LogMark[] =>
  lines.flatMap((line) => {
    const at = time(line.timestamp);
    return at === null ? [] : [{ at, weight: levelWeight(line.level) }];
  });

export const chatTimes = (messages: readonly ChatMessage[]): number[] =>
  messages.map((message) => time(message.timestamp)).filter((at): at is number => at !== null);

/** The colour of an emotion: the same word has the same colour everywhere. */
const EMOTION_COLOUR: Record<string, string> = {
  calm: "var(--c4)",
  happy: "var(--c3)",
  tense: "var(--c2)",
  angry: "var(--down-fill)",
  sad: "var(--c1)",
  surprised: "var(--c5)",
  confused: "var(--c5)",
  focused: "var(--c6)",
  neutral: "var(--mute-fill)",
};
export const emotionColour = (key: string) => EMOTION_COLOUR[key.toLowerCase()] ?? "var(--c6)";

export function logColour(weight: number): string {
  if (weight >= 3) return "var(--down-fill)";
  return weight === 2 ? "var(--warn-fill)" : "var(--info-fill)";
}

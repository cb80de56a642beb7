// Moods as lanes: for each person the stretches in which a mood held. Pure.
import type { DeskEvent } from "./events";

type MoodMark = { from: number; to: number; emotion: string; confidence: number | null };
type MoodLane = { who: string; most: string; marks: MoodMark[] };
/** A mood holds until the next one of the same person, two minutes at most. */
const HOLDS_S = 120;

export function moodLanes(events: readonly DeskEvent[], most: number): MoodLane[] {
  const byPerson = new Map<string, MoodMark[]>();
  for (const event of events) {
    if (event.kind !== "emotion") continue;
    const marks = byPerson.get(event.who) ?? [];
    const last = marks.at(-1);
    if (last) last.to = Math.min(last.from + HOLDS_S, event.at);
    marks.push({
      from: event.at,
      to: event.at + HOLDS_S,
      emotion: event.emotion,
      confidence: event.confidence,
    });
    byPerson.set(event.who, marks);
  }
  return [...byPerson]
    .sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))
    .slice(0, most)
    .map(([who, marks]) => ({ who, marks, most: mostFrequent(marks.map((mark) => mark.emotion)) }));
}

function mostFrequent(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

// What happened during a recording, as rows on its own clock: chat, moods, joins and leaves, log lines, in order. Events outside the recording
// are left out and counted.
import type { AiResult, ChatMessage, LogLine, Participant } from "../../ipc";
import { emotionsOf, levelWeight, staysOf } from "../../shared/timeline";

export type EventKind = "chat" | "emotion" | "people" | "log";
export type DeskEvent = {
  id: string;
  kind: EventKind;
  /** Seconds from the recording's start. */
  at: number;
  who: string;
} & (
  | { kind: "chat"; text: string }
  | { kind: "emotion"; emotion: string; confidence: number | null; before: string | null }
  | { kind: "people"; joined: boolean; stayedS: number | null }
  | { kind: "log"; text: string; weight: number }
);

export type DeskSources = {
  chat: readonly ChatMessage[];
  results: readonly AiResult[];
  people: readonly Participant[];
  logs: readonly LogLine[];
};

const seconds = (moment: string | null, start: number): number | null =>
  moment === null ? null : (new Date(moment).getTime() - start) / 1000;

export function deskEvents(
  sources: DeskSources,
  start: number,
  duration: number,
): { events: DeskEvent[]; outside: number } {
  const all: DeskEvent[] = [];
  let outside = 0;
  const put = (event: DeskEvent) => {
    if (Number.isFinite(event.at) && event.at >= 0 && event.at <= duration) all.push(event);
    else outside++;
  };
  for (const one of sources.chat) {
    const at = seconds(one.timestamp, start);
    if (at === null) outside++;
    else
      put({
        id: `c${one.id}`,
        kind: "chat",
        at,
        who: one.sender_name ?? one.sender_id ?? "?",
        text: one.message,
      });
  }
  const last = new Map<string, string>();
  for (const [n, mark] of emotionsOf(sources.results).entries()) {
    const who = mark.who ?? mark.personId ?? "?";
    put({
      id: `e${n}`,
      kind: "emotion",
      at: (mark.at - start) / 1000,
      who,
      emotion: mark.key,
      confidence: mark.confidence,
      before: last.get(who) ?? null,
    });
    last.set(who, mark.key);
  }
  for (const stay of staysOf(sources.people).stays) {
    put({
      id: `j${stay.id}`,
      kind: "people",
      at: (stay.from - start) / 1000,
      who: stay.name,
      joined: true,
      stayedS: null,
    });
    if (stay.to !== null) {
      const stayedS = (stay.to - stay.from) / 1000;
      put({
        id: `l${stay.id}`,
        kind: "people",
        at: (stay.to - start) / 1000,
        who: stay.name,
        joined: false,
        stayedS,
      });
    }
  }
  for (const one of sources.logs) {
    const at = seconds(one.timestamp, start);
    if (at === null) outside++;
    else
      put({
        id: `g${one.id}`,
        kind: "log",
        at,
        who: one.service,
        text: one.message,
        weight: levelWeight(one.level),
      });
  }
  all.sort((a, b) => a.at - b.at);
  return { events: all, outside };
}

/** The last event at or before a second; -1 before the first. */
export function eventAt(events: readonly DeskEvent[], second: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle] as DeskEvent).at <= second) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

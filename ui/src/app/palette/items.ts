// What the palette can offer: a row has a sign, words, and either an address or something to do. Pure; the component asks and draws.
import type { Meeting, Recording, User } from "../../ipc";
import { fromLink } from "../../shared/hooks";
import type { IconName } from "../../shared/theme";

export type PaletteItem = {
  key: string;
  icon: IconName;
  label: string;
  detail?: string;
  /** Where Enter goes; Ctrl/Cmd-Enter opens it in a window of its own. */
  href?: string;
  /** What Enter does, where it goes nowhere. */
  run?: () => void;
  /** Why it cannot be done just now. */
  disabled?: string;
  /** What Tab offers on it. */
  actions?: PaletteItem[];
  /** Further words it answers to. */
  words?: string;
  keys?: string;
};

export type PaletteGroup = { id: string; title: string; items: PaletteItem[]; note?: string };

export type Pasted = { kind: "link"; href: string } | { kind: "meeting" | "user" | "recording"; id: string };

const PATTERNS: readonly [RegExp, "meeting" | "user" | "recording"][] = [
  [/^(?:meeting|room)[:\s#/_]*(\d+)$/i, "meeting"],
  [/^lock:(?:meeting|room)_(\d+)$/i, "meeting"],
  [/^(?:user|person)[:\s#/_]*(\d+)$/i, "user"],
  [/^recording[:\s#/]+(\d+)$/i, "recording"],
];

/** What a pasted text names outright: a link, a key of the platform, an id with its kind. */
export function parsePasted(text: string): Pasted | null {
  const trimmed = text.trim();
  const href = fromLink(trimmed);
  if (href !== null) return { kind: "link", href };
  for (const [pattern, kind] of PATTERNS) {
    const id = pattern.exec(trimmed)?.[1];
    if (id) return { kind, id };
  }
  return null;
}

/** A bare number can be an id of three kinds. */
export const bareId = (text: string) => /^\d{1,19}$/.exec(text.trim().replaceAll(/[\s,]/g, ""))?.[0] ?? null;

/** Whether every word typed occurs, anywhere and in any order. */
export function answersTo(item: PaletteItem, text: string): boolean {
  const hay = `${item.label} ${item.detail ?? ""} ${item.words ?? ""}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => hay.includes(word));
}

/** Those that answer, what is called so before what is only known by it. */
export function answering(items: readonly PaletteItem[], text: string): PaletteItem[] {
  const named = text.trim().toLowerCase();
  const isNamed = (item: PaletteItem) => item.label.toLowerCase().includes(named);
  return items
    .filter((item) => answersTo(item, text))
    .sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
}

export type Recent = { href: string; icon: IconName; label: string; detail?: string };
export const RECENTS_KEPT = 8;

/** The list with this one first, once, and not longer than it may be. */
export function withRecent(recents: readonly Recent[], next: Recent): Recent[] {
  return [next, ...recents.filter(({ href }) => href !== next.href)].slice(0, RECENTS_KEPT);
}

export const userHref = (user: Pick<User, "id">) => `/people/${user.id}`;
export const meetingHref = (meeting: Pick<Meeting, "id">) => `/meetings/${meeting.id}`;
export const recordingHref = (recording: Pick<Recording, "id">) => `/recordings/${recording.id}`;

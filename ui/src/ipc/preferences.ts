// What the window remembers: read once at start, then held here and written through to the shell within a second.
// It holds small JSON values only (route, columns, theme): a list's rows have no business here.
import { useCallback, useSyncExternalStore } from "react";
import { api } from "./api";
import type { Preference } from "./bindings";

const WRITE_AFTER_MS = 400;
/** The window is blank until then. */
const READ_WITHIN_MS = 1500;

const values = new Map<string, unknown>();
const listeners = new Set<() => void>();
const waiting = new Map<string, ReturnType<typeof setTimeout>>();

function write(key: string): void {
  const timer = waiting.get(key);
  if (timer !== undefined) clearTimeout(timer);
  waiting.delete(key);
  // A preference that could not be kept is not worth a dialog; the next change tries again.
  api.preferencePut(key, values.get(key) ?? null).catch(() => {});
}

// Our windows tell one another, so that a theme chosen in one is the theme of all.
const channel =
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("greenroom.preferences");

function hold(key: string, value: unknown): void {
  values.set(key, value);
  for (const tell of listeners) tell();
}

/** Writes all that waits, now. */
export function flushPreferences(): void {
  for (const key of [...waiting.keys()]) write(key);
}

/** Reads all remembered values. Without a shell, with a broken file, or where it takes too long, everything is at its default. */
export async function loadPreferences(): Promise<void> {
  try {
    const late = new Promise<never>((_, refuse) => setTimeout(refuse, READ_WITHIN_MS));
    for (const { key, value } of await Promise.race([api.preferenceAll(), late])) values.set(key, value);
  } catch {
    // Defaults hold.
  }
  window.addEventListener("pagehide", flushPreferences);
  channel?.addEventListener("message", ({ data }: MessageEvent<Preference>) => hold(data.key, data.value));
}

export function getPreference<T>(key: string, fallback: T): T {
  const value = values.get(key);
  return value === undefined || value === null ? fallback : (value as T);
}

/** Sets a value; `null` forgets it. */
export function putPreference(key: string, value: unknown): void {
  hold(key, value);
  channel?.postMessage({ key, value });
  const timer = waiting.get(key);
  if (timer !== undefined) clearTimeout(timer);
  waiting.set(
    key,
    setTimeout(() => write(key), WRITE_AFTER_MS),
  );
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** A remembered value as state. `fallback` must be stable between renders where it is an object. */
export function usePreference<T>(key: string, fallback: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => values.get(key)) as T | null | undefined;
  const put = useCallback((next: T) => putPreference(key, next), [key]);
  return [value === undefined || value === null ? fallback : value, put];
}

/** For tests: as a fresh start. */
export function resetPreferences(): void {
  values.clear();
  for (const timer of waiting.values()) clearTimeout(timer);
  waiting.clear();
}

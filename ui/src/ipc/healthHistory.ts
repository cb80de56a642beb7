// What this window has seen of the stores' health: latencies of the last hour, and the worst state of each quarter of an hour for a day.
// The day is remembered per profile, so a strip survives a restart; a quarter nobody watched stays unknown.
import { useSyncExternalStore } from "react";
import type { Health, StoreKind, StoreState } from "./bindings";
import { getPreference, putPreference } from "./preferences";

export const SLOT_MS = 15 * 60_000;
export const SLOTS = 96;
const SAMPLES_KEPT = 360;
const MINUTES = 60;

export type Sample = { at: number; ms: number | null; state: StoreState };
/** `null`: nobody was watching. */
export type Slot = StoreState | null;
type Kept = Partial<Record<StoreKind, Record<string, StoreState>>>;

const BADNESS: Record<StoreState, number> = { connecting: 0, up: 1, degraded: 2, down: 3 };
const slotOf = (at: number) => Math.floor(at / SLOT_MS);

export class HealthHistory {
  private readonly samples = new Map<StoreKind, Sample[]>();
  private slots: Kept;
  private version = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    kept: Kept = {},
    private readonly keep: (slots: Kept) => void = () => {},
  ) {
    this.slots = kept;
  }

  add(health: Health): void {
    const at = new Date(health.as_of).getTime();
    let changed = false;
    for (const one of health.stores) {
      const samples = this.samples.get(one.store) ?? [];
      if (samples.at(-1)?.at === at) continue;
      samples.push({ at, ms: one.latency_ms, state: one.state });
      this.samples.set(one.store, samples.slice(-SAMPLES_KEPT));
      changed = this.mark(one.store, slotOf(at), one.state) || changed;
    }
    if (changed) this.keep(this.slots);
    this.version += 1;
    for (const tell of this.listeners) tell();
  }

  private mark(store: StoreKind, slot: number, state: StoreState): boolean {
    if (state === "connecting") return false;
    const known = this.slots[store]?.[slot];
    if (known !== undefined && BADNESS[known] >= BADNESS[state]) return false;
    const recent = Object.entries(this.slots[store] ?? {}).filter(([at]) => Number(at) > slot - SLOTS);
    this.slots = { ...this.slots, [store]: { ...Object.fromEntries(recent), [slot]: state } };
    return true;
  }

  /** What was measured, oldest first. */
  latencies(store: StoreKind): readonly Sample[] {
    return this.samples.get(store) ?? [];
  }

  /** The last hour by the minute, oldest first: the slowest answer of each, `null` where there was none. */
  hour(store: StoreKind, now: number): (number | null)[] {
    const minutes: (number | null)[] = Array.from({ length: MINUTES }, () => null);
    for (const { at, ms } of this.latencies(store)) {
      const minute = MINUTES - 1 - Math.floor((now - at) / 60_000);
      if (ms !== null && minute >= 0 && minute < MINUTES)
        minutes[minute] = Math.max(ms, minutes[minute] ?? 0);
    }
    return minutes;
  }

  /** The last day up to now, oldest first. */
  day(store: StoreKind, now: number): Slot[] {
    const last = slotOf(now);
    return Array.from({ length: SLOTS }, (_, n) => this.slots[store]?.[last - SLOTS + 1 + n] ?? null);
  }

  subscribe = (tell: () => void): (() => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };
  getVersion = (): number => this.version;
}

let current: { profile: string; history: HealthHistory } | undefined;

/** The history of one profile; another profile's is put away. */
export function healthHistory(profile: string): HealthHistory {
  if (current?.profile !== profile) {
    const key = `health.day.${profile}`;
    current = {
      profile,
      history: new HealthHistory(getPreference<Kept>(key, {}), (slots) => putPreference(key, slots)),
    };
  }
  return current.history;
}

export function useHealthHistory(profile: string): HealthHistory {
  const history = healthHistory(profile);
  useSyncExternalStore(history.subscribe, history.getVersion);
  return history;
}

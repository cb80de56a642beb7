// Where each recording was left, for the recordings watched last: a bounded list of small entries in the preferences.
import { getPreference, putPreference } from "../../ipc";

export type Place = {
  id: string;
  /** Seconds. */
  t: number;
  /** When it was left, in ms: the oldest go first. */
  at: number;
};

export const PLACES_KEPT = 200;
const KEY = "player.places";
const FROM_START_S = 5;
const NEAR_END_S = 15;

/** The list with this place in it: not at all near the beginning or the end, where there is nothing to go back to. */
export function withPlace(places: readonly Place[], place: Place, duration: number): Place[] {
  const others = places.filter((one) => one.id !== place.id);
  const ended = Number.isFinite(duration) && duration > 0 && place.t > duration - NEAR_END_S;
  if (place.t < FROM_START_S || ended) return others;
  return [...others, { ...place, t: Math.round(place.t * 10) / 10 }]
    .sort((a, b) => b.at - a.at)
    .slice(0, PLACES_KEPT);
}

const kept = (): Place[] => getPreference<Place[]>(KEY, []).filter((one) => typeof one?.t === "number");

export const placeOf = (id: string): number | null => kept().find((one) => one.id === id)?.t ?? null;

export function keepPlace(id: string, seconds: number, duration: number): void {
  putPreference(KEY, withPlace(kept(), { id, t: seconds, at: Date.now() }, duration));
}

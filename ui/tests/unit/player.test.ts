// The player's keys, speeds, frames, and the place where a recording was left.
import { beforeEach, describe, expect, it } from "vitest";
import { clampTime, frameLength, nextSpeed, PLAYER_KEYS, SPEEDS } from "../../src/shared/player/keys";
import { keepPlace, PLACES_KEPT, type Place, placeOf, withPlace } from "../../src/shared/player/resume";
import { setUp } from "./harness";

describe("the player's keys", () => {
  it("are each bound once, and hold all that is promised", () => {
    const keys = PLAYER_KEYS.map((one) => one.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const promised of [
      "space",
      "j",
      "k",
      "l",
      "arrowleft",
      "arrowright",
      ",",
      ".",
      "m",
      "f",
      "0",
      "9",
    ]) {
      expect(keys).toContain(promised);
    }
  });

  it("step through the speeds and stop at both ends", () => {
    expect(nextSpeed(1, 1)).toBe(1.25);
    expect(nextSpeed(1, -1)).toBe(0.75);
    expect(nextSpeed(3, 1)).toBe(3);
    expect(nextSpeed(0.5, -1)).toBe(0.5);
    expect(nextSpeed(1.1, 1)).toBe(1.25);
    expect([SPEEDS[0], SPEEDS.at(-1)]).toEqual([0.5, 3]);
  });

  it("never seek outside the recording", () => {
    expect(clampTime(-3, 100)).toBe(0);
    expect(clampTime(130, 100)).toBe(100);
    expect(clampTime(130, Number.NaN)).toBe(130);
  });
});

describe("a frame's length", () => {
  it("is read from the frames that were shown, though some were skipped", () => {
    const times = [0, 1, 2, 3, 5, 6, 7, 9, 10].map((n) => n / 30);
    expect(frameLength(times)).toBeCloseTo(1 / 30, 5);
  });

  it("is the usual one while too few were seen", () => {
    expect(frameLength([])).toBe(1 / 25);
    expect(frameLength([0, 5, 100])).toBe(1 / 25);
  });
});

describe("the place where a recording was left", () => {
  beforeEach(() => setUp());
  const place = (id: string, t: number, at: number): Place => ({ id, t, at });

  it("is remembered", () => {
    keepPlace("30114", 2832.46, 7500);
    expect(placeOf("30114")).toBe(2832.5);
    expect(placeOf("1")).toBeNull();
  });

  it("is none near the start and the end", () => {
    expect(withPlace([place("a", 50, 1)], place("a", 3, 2), 100)).toEqual([]);
    expect(withPlace([], place("a", 95, 2), 100)).toEqual([]);
    expect(withPlace([], place("a", 60, 2), Number.NaN)).toHaveLength(1);
  });

  it("is kept for a bounded number of recordings, the oldest forgotten first", () => {
    let places: Place[] = [];
    for (let n = 0; n < PLACES_KEPT + 50; n++) places = withPlace(places, place(String(n), 60, n), 1000);
    expect(places).toHaveLength(PLACES_KEPT);
    expect(places.some((one) => one.id === "0")).toBe(false);
    expect(places[0]?.id).toBe(String(PLACES_KEPT + 49));
  });
});

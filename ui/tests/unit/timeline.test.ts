// Time as geometry: scales, ticks, bars, bins, shares; and marks read from documents of no fixed shape.
import { describe, expect, it } from "vitest";
import type { AiResult, Participant } from "../../src/ipc";
import {
  bar,
  bins,
  emotionsOf,
  shares,
  stackedAreas,
  staysOf,
  thinned,
  tickStep,
  ticks,
  toTime,
  toX,
} from "../../src/shared/timeline";
import { dice } from "./dice";

const HOUR = 3_600_000;
const scale = { from: 0, to: HOUR, width: 600 };

describe("a scale", () => {
  it("goes from time to pixels and back, and stays within its ends", () => {
    expect(toX(scale, HOUR / 2)).toBe(300);
    expect(toTime(scale, 300)).toBe(HOUR / 2);
    expect(toX(scale, -5)).toBe(0);
    expect(toX(scale, 2 * HOUR)).toBe(600);
    expect(toTime(scale, 9999)).toBe(HOUR);
    expect(toX({ from: 5, to: 5, width: 100 }, 5)).toBe(0);
  });

  it("has its ticks at whole steps of a clock, never closer than asked", () => {
    const random = dice(5);
    for (let turn = 0; turn < 500; turn++) {
      const from = random.int(1e9);
      const one = { from, to: from + 1000 + random.int(1e9), width: 50 + random.int(2000) };
      const step = tickStep(one, 52);
      expect((step / (one.to - one.from)) * one.width).toBeGreaterThanOrEqual(51.9);
      for (const at of ticks(one, 52)) {
        expect(at % step).toBe(0);
        expect(at).toBeGreaterThanOrEqual(one.from);
        expect(at).toBeLessThanOrEqual(one.to);
      }
    }
    expect(ticks({ from: 0, to: 0, width: 100 }, 50)).toEqual([]);
  });
});

describe("a stay", () => {
  it("is cut to what is shown; one that goes on ends now", () => {
    expect(bar(scale, 0, HOUR / 2, HOUR)).toEqual({ x: 0, width: 300, open: false });
    expect(bar(scale, HOUR / 2, null, HOUR)).toEqual({ x: 300, width: 300, open: true });
    expect(bar(scale, 2 * HOUR, 3 * HOUR, HOUR)).toBeNull();
    expect(bar(scale, -HOUR, -1, HOUR)).toBeNull();
    expect(bar(scale, 10, 11, HOUR)?.width).toBe(2);
  });

  it("of a host comes first; who never joined is counted, not drawn", () => {
    const person = (id: string, join: string | null, role: string): Participant => ({
      id,
      user_id: id,
      username: id,
      full_name: null,
      role,
      join_time: join,
      leave_time: null,
      is_muted: false,
      is_video_on: true,
    });
    const { stays, unplaced } = staysOf([
      person("a", "2026-03-12T06:00:00Z", "participant"),
      person("b", "2026-03-12T06:05:00Z", "host"),
      person("c", null, "participant"),
    ]);
    expect(stays.map((stay) => stay.id)).toEqual(["b", "a"]);
    expect(unplaced).toBe(1);
  });
});

describe("bins", () => {
  it("lose no moment that is within", () => {
    const random = dice(6);
    const times = Array.from({ length: 500 }, () => random.int(HOUR + 1));
    expect(bins(times, 0, HOUR, 37).reduce((a, b) => a + b, 0)).toBe(500);
    expect(bins([HOUR, -1, HOUR + 1], 0, HOUR, 4)).toEqual([0, 0, 0, 1]);
  });
});

describe("shares", () => {
  it("add up to one wherever anything is known", () => {
    const random = dice(4);
    const marks = Array.from({ length: 300 }, () => ({
      at: random.int(HOUR),
      key: random.pick(["calm", "happy", "tense"]),
    }));
    const { shares: parts, first, last } = shares(marks, 0, HOUR, 40, 3);
    for (let bin = first; bin <= last; bin++) {
      const sum = parts.reduce((all, part) => all + (part.course[bin] ?? 0), 0);
      expect(sum).toBeCloseTo(1, 6);
    }
    expect(stackedAreas(parts, first, last, 400, 40)).toHaveLength(3);
    expect(stackedAreas([], -1, -1, 400, 40)).toEqual([]);
  });
});

describe("marks too many to draw", () => {
  it("keep the weightiest of those that fall together", () => {
    const marks = Array.from({ length: 10_000 }, (_, n) => ({
      at: (n / 10_000) * HOUR,
      weight: n === 5000 ? 3 : 1,
    }));
    const drawn = thinned(marks, scale, 2);
    expect(drawn.length).toBeLessThanOrEqual(301);
    expect(drawn.some((mark) => mark.weight === 3)).toBe(true);
  });
});

describe("emotions", () => {
  it("are read from what is there, in seconds, milliseconds or text; what cannot be placed is left out", () => {
    const result = (value: unknown, created: string | null = null): AiResult => ({
      id: "x",
      participant_id: null,
      participant_name: null,
      analysis_type: "emotion_detection",
      result: value,
      created_at: created,
    });
    const marks = emotionsOf([
      result({ emotion: "calm", confidence: 0.9, timestamp: 1_700_000_000 }),
      result({ emotion: "happy", timestamp: 1_700_000_001_000 }),
      result({ emotion: "tense", timestamp: "1700000002" }),
      result({ emotion: "sad" }, "2023-11-14T22:13:23Z"),
      result({ emotion: 7 }),
      result("not an object"),
      result(null),
      result({ emotion: "lost" }),
    ]);
    expect(marks.map((mark) => [mark.key, (mark.at - 1_700_000_000_000) / 1000])).toEqual([
      ["calm", 0],
      ["happy", 1],
      ["tense", 2],
      ["sad", 3],
    ]);
  });
});

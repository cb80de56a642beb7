// The recording's clock, what happened on it, and which stretch of it is shown.
import { describe, expect, it } from "vitest";
import { recordingClock, SHIFTS_KEPT, type Shift, withShift } from "../../src/features/recordings/clock";
import { deskEvents, eventAt } from "../../src/features/recordings/events";
import { moodLanes } from "../../src/features/recordings/moods";
import { spansFor, viewFor } from "../../src/features/recordings/view";

const START = Date.UTC(2026, 2, 12, 5, 56, 12);
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();

describe("a recording's clock", () => {
  const recording = {
    file_path: "recordings/meeting_48224/recording_20260312_055612.mp4",
    created_at: "2026-03-12T05:57:00Z",
    meeting_start: "2026-03-12T05:55:00Z",
  };

  it("is the second in the file's name, in UTC", () => {
    expect(recordingClock(recording)).toEqual({ start: START, basis: "name" });
  });

  it("falls back to the row, then to the meeting, and says which", () => {
    expect(recordingClock({ ...recording, file_path: "recordings/a.mp4" }).basis).toBe("created");
    expect(recordingClock({ ...recording, file_path: "a.mp4", created_at: null }).basis).toBe("meeting");
    expect(recordingClock({ file_path: "a.mp4", created_at: null, meeting_start: null })).toEqual({
      start: null,
      basis: "none",
    });
  });

  it("does not believe a name from another day, nor one that is no time", () => {
    const odd = (name: string) => recordingClock({ ...recording, file_path: name }).basis;
    expect(odd("recording_20190312_055612.mp4")).toBe("created");
    expect(odd("recording_20261399_996199.mp4")).toBe("created");
  });

  it("remembers shifts for a bounded number of recordings and forgets a shift of nothing", () => {
    let shifts: Shift[] = [];
    for (let n = 0; n < SHIFTS_KEPT + 10; n++) shifts = withShift(shifts, { id: String(n), s: 1 });
    expect(shifts).toHaveLength(SHIFTS_KEPT);
    expect(withShift([{ id: "a", s: 2 }], { id: "a", s: 0 })).toEqual([]);
  });
});

describe("what happened", () => {
  const { events, outside } = deskEvents(
    {
      chat: [
        {
          id: "1",
          sender_id: "7",
          sender_name: "Jonas",
          message: "later",
          timestamp: iso(50),
          undecoded: null,
        },
        {
          id: "2",
          sender_id: "7",
          sender_name: null,
          message: "before",
          timestamp: iso(-50),
          undecoded: null,
        },
        { id: "3", sender_id: null, sender_name: null, message: "when?", timestamp: null, undecoded: null },
      ],
      results: [0, 30, 400].map((at, n) => ({
        id: `r${n}`,
        participant_id: "1",
        participant_name: "周文澜",
        analysis_type: "emotion_detection",
        result: {
          emotion: n === 1 ? "tense" : "calm",
          confidence: 0.5,
          timestamp: (START + at * 1000) / 1000,
        },
        created_at: null,
      })),
      people: [
        {
          id: "5",
          user_id: "5",
          username: "olga",
          full_name: "Olga",
          role: "participant",
          join_time: iso(-100),
          leave_time: iso(60),
          is_muted: false,
          is_video_on: false,
        },
      ],
      logs: [
        {
          id: "9",
          service: "media-service",
          level: "ERROR",
          message: "TURN",
          timestamp: iso(20),
          fields: null,
        },
      ],
    },
    START,
    300,
  );

  it("is in order, on the recording's clock; what lies outside is counted", () => {
    expect(events.map((event) => [event.at, event.kind])).toEqual([
      [0, "emotion"],
      [20, "log"],
      [30, "emotion"],
      [50, "chat"],
      [60, "people"],
    ]);
    expect(outside).toBe(4);
  });

  it("says what a mood was before, and how long somebody stayed", () => {
    expect(events[2]).toMatchObject({ emotion: "tense", before: "calm" });
    expect(events[4]).toMatchObject({ joined: false, stayedS: 160 });
    expect(events[1]).toMatchObject({ weight: 3 });
  });

  it("is found by the second", () => {
    expect(eventAt(events, -1)).toBe(-1);
    expect(eventAt(events, 25)).toBe(1);
    expect(eventAt(events, 9999)).toBe(4);
    expect(eventAt([], 5)).toBe(-1);
  });

  it("holds a mood until the next one, two minutes at most", () => {
    const [lane] = moodLanes(events, 3);
    expect(lane).toMatchObject({ who: "周文澜", most: "calm" });
    expect(lane?.marks.map((mark) => [mark.from, mark.to])).toEqual([
      [0, 30],
      [30, 150],
    ]);
  });
});

describe("the stretch shown", () => {
  it("stays while the playhead is well within it, and moves on before it leaves", () => {
    const first = viewFor(null, 1200, 100, 7200);
    expect(first).toEqual({ from: 0, to: 1200 });
    expect(viewFor(first, 1200, 700, 7200)).toBe(first);
    const next = viewFor(first, 1200, 1150, 7200);
    expect(next.from).toBeGreaterThan(0);
    expect(next.to - next.from).toBe(1200);
  });

  it("never shows what lies beyond the recording, and the whole where it is short", () => {
    expect(viewFor(null, 1200, 7199, 7200)).toEqual({ from: 6000, to: 7200 });
    expect(viewFor(null, 1200, 10, 600)).toEqual({ from: 0, to: 600 });
    expect(spansFor(600)).toEqual([0, 300]);
    expect(spansFor(7200)).toEqual([0, 3600, 1200, 300]);
  });
});

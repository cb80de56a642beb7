// Numbers as people read them, in both languages.
import { beforeAll, describe, expect, it } from "vitest";
import { i18next, type Language, startI18n, switchLanguage } from "../../src/i18n";
import { clock, createFormat } from "../../src/shared/format";
import type { TimeMode } from "../../src/shared/time";

const format = (language: Language = "en", mode: TimeMode = "local", meetingStart: string | null = null) =>
  createFormat({
    t: i18next.getFixedT(language, "shared"),
    language,
    mode,
    meetingStart,
    zone: "Asia/Shanghai",
  });

beforeAll(async () => {
  await startI18n("en");
  await switchLanguage("zh-CN");
});

describe("sizes", () => {
  it("are in powers of ten with three figures", () => {
    const { size } = format();
    expect([0, 999, 1000, 218_000, 1_400_000_000, 8.4e12, 999_600].map(size)).toEqual([
      "0 B",
      "999 B",
      "1 kB",
      "218 kB",
      "1.4 GB",
      "8.4 TB",
      "1 MB",
    ]);
  });

  it("are a dash where there is none", () => {
    expect(format().size(null)).toBe("–");
  });
});

describe("durations", () => {
  it("name the two units that matter", () => {
    const { duration } = format();
    expect([0, 45, 60, 1234, 7500, 3600, 90_061].map(duration)).toEqual([
      "0 s",
      "45 s",
      "1 m",
      "20 m",
      "2 h 05 m",
      "1 h 00 m",
      "1 d 1 h",
    ]);
  });

  it("are Chinese in Chinese", () => {
    expect(format("zh-CN").duration(7500)).toBe("2 小时 05 分");
  });

  it("never say that an answer took no time", () => {
    const { latency } = format();
    expect([0, 3, 1234, null].map(latency)).toEqual(["<1 ms", "3 ms", "1,234 ms", "–"]);
  });

  it("are a dash for what is not a number", () => {
    expect(format().duration(Number.NaN)).toBe("–");
  });
});

describe("counts", () => {
  it("are written out below ten thousand and short above", () => {
    const { count } = format();
    expect([0, 9999, 12_431, 318_240, 10_000_000].map(count)).toEqual([
      "0",
      "9,999",
      "12.4 k",
      "318 k",
      "10 M",
    ]);
  });

  it("count in 万 in Chinese", () => {
    expect(format("zh-CN").count(12_431)).toBe("1.2 万");
  });

  it("show a change with its sign", () => {
    const { change } = format();
    expect([0.06, -0.03, 0, 32.25].map(change)).toEqual(["+6 %", "−3 %", "0 %", "×33"]);
  });
});

describe("moments", () => {
  const now = Date.parse("2026-03-12T06:32:07Z");

  it("are the time today, day and time before, with the year in another year", () => {
    const { moment } = format();
    expect(moment("2026-03-12T05:55:00Z", now)).toBe("13:55");
    expect(moment("2026-03-11T02:30:00Z", now)).toBe("11 Mar 10:30");
    expect(moment("2025-03-11T02:30:00Z", now)).toBe("11 Mar 2025 10:30");
  });

  it("are narrow in Chinese", () => {
    expect(format("zh-CN").moment("2026-03-11T02:30:00Z", now)).toBe("03/11 10:30");
    expect(format("zh-CN").moment("2025-03-11T02:30:00Z", now)).toBe("2025/03/11 10:30");
  });

  it("are in UTC where that was chosen", () => {
    expect(format("en", "utc").moment("2026-03-12T05:55:00Z", now)).toBe("05:55");
  });

  it("count from the meeting's start in meeting time, and are local where there is no meeting", () => {
    expect(format("en", "meeting", "2026-03-12T05:55:00Z").timeS("2026-03-12T06:42:12Z")).toBe("+0:47:12");
    expect(format("en", "meeting", "2026-03-12T05:55:00Z").timeS("2026-03-12T05:54:00Z")).toBe("−0:01:00");
    expect(format("en", "meeting").time("2026-03-12T05:55:00Z")).toBe("13:55");
  });

  it("say how long ago, and how soon", () => {
    const { ago } = format();
    const at = (seconds: number) => ago(now - seconds * 1000, now);
    expect([0, 2, 59, 60, 3600, 86_400 * 3, -8, -120].map(at)).toEqual([
      "just now",
      "2 s ago",
      "59 s ago",
      "1 min ago",
      "1 h ago",
      "3 d ago",
      "in 8 s",
      "in 2 min",
    ]);
  });

  it("are exact with their zone for the tooltip and ISO 8601 for the clipboard", () => {
    expect(format("en", "utc").exact(now)).toBe("Thu, 12 Mar 2026 06:32:07 UTC");
    expect(format().iso(now)).toBe("2026-03-12T06:32:07.000Z");
  });
});

it("a place in a recording is h:mm:ss", () => {
  expect([clock(2832), clock(0), clock(7500.56, true)]).toEqual(["0:47:12", "0:00:00", "2:05:00.5"]);
});

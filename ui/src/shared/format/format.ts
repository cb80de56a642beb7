// Numbers, sizes, durations and moments as people read them, by language and time mode; ISO 8601 is what is copied.
// Pure: `createFormat` is given its words and its zone, so tests need no page. Screens use `useFormat`.
import type { TFunction } from "i18next";
import type { Language } from "../../i18n";
import type { TimeMode } from "../time";

type Words = TFunction<"shared">;
type Moment = string | number | Date;

export type FormatOptions = {
  t: Words;
  language: Language;
  mode: TimeMode;
  /** The meeting's start, where a screen is about one. */
  meetingStart?: string | null;
  /** IANA zone for local time; the system's where left out. */
  zone?: string;
};

const UNITS = ["kB", "MB", "GB", "TB", "PB"] as const;
const HOUR_S = 3600;
const DAY_S = 86_400;
const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** `0:47:12`, or `47:12.5` with tenths: a place in a recording. */
export function clock(seconds: number, withTenths = false): string {
  const whole = Math.floor(Math.abs(seconds));
  const h = Math.floor(whole / HOUR_S);
  const text = `${h}:${pad(Math.floor((whole % HOUR_S) / 60))}:${pad(whole % 60)}`;
  return withTenths ? `${text}.${Math.floor((Math.abs(seconds) * 10) % 10)}` : text;
}

/** What a moment is copied as. */
export const iso = (moment: Moment) => new Date(moment).toISOString();

function relativeParts(deltaS: number): { key: "seconds" | "minutes" | "hours" | "days"; n: number } {
  if (deltaS < 60) return { key: "seconds", n: Math.floor(deltaS) };
  if (deltaS < HOUR_S) return { key: "minutes", n: Math.floor(deltaS / 60) };
  if (deltaS < DAY_S) return { key: "hours", n: Math.floor(deltaS / HOUR_S) };
  return { key: "days", n: Math.floor(deltaS / DAY_S) };
}

export function createFormat({ t, language, mode, meetingStart, zone }: FormatOptions) {
  const timeZone = mode === "utc" ? "UTC" : zone;
  // Day before month in English too: 12 Mar 2026 cannot be misread.
  const locale = language === "en" ? "en-GB" : language;
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const hm = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  // In Chinese the numbers alone are as clear and half as wide.
  const shortDay =
    language === "zh-CN"
      ? ({ day: "2-digit", month: "2-digit" } as const)
      : ({ day: "numeric", month: "short" } as const);
  const formats = {
    integer: new Intl.NumberFormat(language),
    compact: new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }),
    three: new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }),
    percent: new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: "exceptZero" }),
    time: date(hm),
    timeS: date({ ...hm, second: "2-digit" }),
    day: date(day),
    dayThisYear: date(shortDay),
    dayAnyYear: date({ ...shortDay, year: "numeric" }),
    weekday: date({ weekday: "short", ...day }),
    zone: date({ timeZoneName: "short" }),
  };
  const dash = t("none");
  const numeric = (value: number, width?: number) => (width ? pad(value, width) : String(value));

  const offset = (moment: Moment): string | null => {
    if (mode !== "meeting" || !meetingStart) return null;
    const seconds = (new Date(moment).getTime() - new Date(meetingStart).getTime()) / 1000;
    return `${seconds < 0 ? "−" : "+"}${clock(seconds)}`;
  };

  function size(bytes: number | null | undefined): string {
    if (bytes === null || bytes === undefined) return dash;
    if (bytes < 1000) return t("bytes", { value: formats.integer.format(bytes) });
    let value = bytes;
    let unit: string = UNITS[0];
    for (const next of UNITS) {
      value /= 1000;
      unit = next;
      if (value < 999.5) break;
    }
    return t("size", { value: formats.three.format(value), unit });
  }

  return {
    language,
    mode,
    /** 12,431 */
    integer: (value: number) => formats.integer.format(value),
    /** 12.4 k; below ten thousand as it is. */
    count(value: number): string {
      if (value < 10_000) return formats.integer.format(value);
      if (language === "zh-CN") return formats.compact.format(value).replace(/(\d)(\D)$/u, "$1 $2");
      const steps = [
        [1e9, "G"],
        [1e6, "M"],
        [1e3, "k"],
      ] as const;
      const [step, unit] = steps.find(([size]) => value >= size) ?? [1, ""];
      return `${formats.three.format(value / step)} ${unit}`;
    },
    /** +11 %, −3 %; ×33 where a percentage says nothing any more. */
    change: (ratio: number) =>
      ratio >= 9.95
        ? `×${formats.integer.format(Math.round(ratio + 1))}`
        : `${formats.percent.format(Math.round(ratio * 100)).replace("-", "−")} %`,
    percent: (ratio: number) => `${formats.integer.format(Math.floor(ratio * 100))} %`,
    /** 1.4 GB, in powers of ten. */
    size,
    /** 18 MB/s */
    rate: (bytesPerSecond: number) => t("rate", { size: size(bytesPerSecond) }),
    /** 45 s, 12 m, 2 h 05 m, 3 d 4 h */
    duration(seconds: number | null | undefined): string {
      if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return dash;
      const whole = Math.max(0, Math.round(seconds));
      if (whole < 60) return t("duration.seconds", { s: numeric(whole) });
      if (whole < HOUR_S) return t("duration.minutes", { m: numeric(Math.floor(whole / 60)) });
      if (whole < DAY_S) {
        return t("duration.hours", {
          h: numeric(Math.floor(whole / HOUR_S)),
          mm: numeric(Math.floor((whole % HOUR_S) / 60), 2),
        });
      }
      return t("duration.days", {
        d: numeric(Math.floor(whole / DAY_S)),
        h: numeric(Math.floor((whole % DAY_S) / HOUR_S)),
      });
    },
    /** 3 ms; below one, "<1 ms": an answer always takes some time */
    latency(ms: number | null | undefined): string {
      if (ms === null || ms === undefined) return dash;
      const shown = ms < 1 ? `<${formats.integer.format(1)}` : formats.integer.format(ms);
      return t("duration.milliseconds", { ms: shown });
    },
    /** 2 s ago; in 8 s */
    ago(moment: Moment, now: number = Date.now()): string {
      const deltaS = (now - new Date(moment).getTime()) / 1000;
      if (Math.abs(deltaS) < 1) return deltaS >= 0 ? t("ago.now") : t("ago.soon");
      const { key, n } = relativeParts(Math.abs(deltaS));
      if (deltaS > 0) return t(`ago.${key}`, { n: numeric(n) });
      const ahead = {
        seconds: "ago.inSeconds",
        minutes: "ago.inMinutes",
        hours: "ago.inHours",
        days: "ago.inDays",
      } as const;
      return t(ahead[key], { n: numeric(n) });
    },
    /** 14:32 */
    time: (moment: Moment) => offset(moment) ?? formats.time.format(new Date(moment)),
    /** 14:32:07 */
    timeS: (moment: Moment) => offset(moment) ?? formats.timeS.format(new Date(moment)),
    /** 12 Mar 2026 */
    day: (moment: Moment) => formats.day.format(new Date(moment)),
    /** Thu, 12 Mar 2026 */
    weekday: (moment: Moment) => formats.weekday.format(new Date(moment)),
    /** 14:32 where it is today, `11 Mar 10:30` this year, `11 Mar 2025 10:30` else. */
    moment(moment: Moment | null | undefined, now: number = Date.now()): string {
      if (moment === null || moment === undefined) return dash;
      const elapsed = offset(moment);
      if (elapsed !== null) return elapsed;
      const at = new Date(moment);
      const today = new Date(now);
      if (formats.day.format(at) === formats.day.format(today)) return formats.time.format(at);
      const sameYear = at.getUTCFullYear() === today.getUTCFullYear();
      return `${(sameYear ? formats.dayThisYear : formats.dayAnyYear).format(at)} ${formats.time.format(at)}`;
    },
    /** `14:32` where it is today, `11 Mar` else: for narrow columns, with the exact moment in a tooltip. */
    brief(moment: Moment, now: number = Date.now()): string {
      const at = new Date(moment);
      const elapsed = offset(at);
      if (elapsed !== null) return elapsed;
      return formats.day.format(at) === formats.day.format(new Date(now))
        ? formats.time.format(at)
        : formats.dayThisYear.format(at);
    },
    /** Everything, with the zone: what a tooltip says. */
    exact(moment: Moment): string {
      const at = new Date(moment);
      const zoneName =
        formats.zone.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
      return `${formats.weekday.format(at)} ${formats.timeS.format(at)} ${zoneName}`;
    },
    clock,
    iso,
    dash,
  };
}

export type Format = ReturnType<typeof createFormat>;

// Periods as chips hold them: `today`, `7d`, `30d`, `90d`, or days `2026-03-01..2026-03-12`, both included, either left out. The shell takes
// exact moments, so a day becomes one here: in this machine's zone, or in UTC where the window shows UTC.
export const PERIOD_PRESETS = ["today", "7d", "30d", "90d"] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAYS = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/;

export const isPreset = (value: string): value is PeriodPreset =>
  PERIOD_PRESETS.some((preset) => preset === value);
/** Whether the value needs turning into moments. */
export const isPeriodWord = (value: string) => value === "today" || (DAYS.test(value) && value !== "..");

export type Days = { from: string | null; to: string | null };

export function parseDays(value: string): Days | null {
  const match = DAYS.exec(value);
  if (!match || value === "..") return null;
  return { from: match[1] ?? null, to: match[2] ?? null };
}

export function formatDays({ from, to }: Days): string {
  const valid = (day: string | null) => (day !== null && DAY.test(day) ? day : "");
  const [a, b] = [valid(from), valid(to)];
  if (a !== "" && b !== "" && a > b) return `${b}..${a}`;
  return a === "" && b === "" ? "" : `${a}..${b}`;
}

function midnight(day: string, addDays: number, utc: boolean): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const moment = utc
    ? new Date(Date.UTC(year, month - 1, date + addDays))
    : new Date(year, month - 1, date + addDays);
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
}

const pad = (value: number) => String(value).padStart(2, "0");
const dayOf = (now: Date, utc: boolean) =>
  utc
    ? now.toISOString().slice(0, 10)
    : `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;

/** `FROM..TO` in RFC 3339, the end excluded. */
export function periodTerm(value: string, utc: boolean, now = new Date()): string {
  const days = value === "today" ? { from: dayOf(now, utc), to: dayOf(now, utc) } : parseDays(value);
  if (!days) return value;
  const from = days.from === null ? "" : midnight(days.from, 0, utc);
  const to = days.to === null ? "" : midnight(days.to, 1, utc);
  return `${from}..${to}`;
}

// The drawing of LiveNow: one axis, one line for now through every lane, one shape per meeting.
import { useTranslation } from "react-i18next";
import type { LiveMeeting, LiveMeetings } from "../../ipc";
import { timeTicks } from "../../shared/charts";
import type { Tone } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { useTimeMode } from "../../shared/time";
import { domainOf, presenceShape } from "./presence";

export const ROW = 26;
const HALF = 8;
const LABEL_WIDTH = 88;
/** Room right of "now" for its own label. */
const AFTER_NOW = 24;

const COLOUR: Record<Tone, string> = {
  up: "var(--c1)",
  live: "var(--c1)",
  warn: "var(--warn-fill)",
  down: "var(--down-fill)",
  idle: "var(--fg-deco)",
  mute: "var(--c1)",
};

type LiveDrawingProps = {
  live: LiveMeetings;
  shown: readonly LiveMeeting[];
  tones: readonly Tone[];
  width: number;
};

export function LiveDrawing({ live, shown, tones, width }: LiveDrawingProps) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const [mode] = useTimeMode();
  const now = new Date(live.as_of).getTime();
  const [from, to] = domainOf(shown, now);
  const span = width - AFTER_NOW;
  const x = (at: number) => Math.max(0, ((at - from) / (to - from)) * span);
  const height = shown.length * ROW;
  const ticks = timeTicks(from, to, span / LABEL_WIDTH, mode === "utc" ? 0 : undefined).filter(
    (at) => x(at) < span - 46,
  );
  return (
    <svg
      className="viz"
      width={width}
      height={height}
      role="img"
      aria-label={t("live.drawing", { from: format.time(from) })}
    >
      {ticks.map((at) => (
        <g key={at}>
          <path d={`M${x(at)} -2V${height + 2}`} stroke="var(--line)" />
          <text x={x(at)} y="-7" textAnchor={x(at) < 16 ? "start" : "middle"}>
            {format.time(at)}
          </text>
        </g>
      ))}
      {shown.map((one, row) => {
        const middle = row * ROW + ROW / 2;
        const colour = COLOUR[tones[row] ?? "mute"];
        const start = Math.max(from, new Date(one.meeting.start_time).getTime());
        return (
          <g key={one.meeting.id}>
            <path d={presenceShape(one, from, now, x, middle, HALF)} fill={colour} opacity=".42" />
            <path d={`M${x(start)} ${middle}H${x(now)}`} stroke={colour} />
          </g>
        );
      })}
      <path d={`M${x(now)} -4V${height + 2}`} stroke="var(--accent)" strokeWidth="1.25" />
      <text x={x(now)} y="-7" textAnchor="middle" style={{ fill: "var(--accent)", fontWeight: 600 }}>
        {format.time(now)}
      </text>
    </svg>
  );
}

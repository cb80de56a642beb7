// Under the picture: the whole recording as one strip, and below it lanes of a stretch of it, with one playhead through all of them.
// A press anywhere goes there. It draws; what it draws comes from the desk's data.
import { SegmentedControl } from "@mantine/core";
import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { clock, useFormat } from "../../shared/format";
import { type Playhead, usePlayhead } from "../../shared/player";
import {
  bar,
  bins,
  emotionColour,
  logColour,
  type Scale,
  type Stay,
  staysOf,
  thinned,
  ticks,
  toTime,
  toX,
  useEmotionWord,
  useWidth,
} from "../../shared/timeline";
import type { DeskEvent } from "./events";
import { moodLanes } from "./moods";
import { NumberOffset } from "./NumberOffset";
import type { DeskData } from "./useDesk";
import { firstSpan, spansFor, type View, viewFor } from "./view";

type DeskProps = {
  desk: DeskData;
  playhead: Playhead;
  duration: number;
  shift: number;
  onShift: (seconds: number) => void;
  onSeek: (seconds: number) => void;
  /** People and moods drawn at most. */
  lanes: number;
};

const WHOLE_H = 40;
const LANE_H = 15;
const MOOD_H = 18;

export function Desk({ desk, playhead, duration, shift, onShift, onSeek, lanes }: DeskProps) {
  const { t } = useTranslation("recordings");
  const format = useFormat();
  const [span, setSpan] = useState<number | null>(null);
  const [ref, width] = useWidth<HTMLDivElement>();
  const at = usePlayhead(playhead);
  const chosen = span ?? firstSpan(duration);
  const before = useRef<View | null>(null);
  const view = viewFor(before.current, chosen, at, duration);
  before.current = view;
  const whole: Scale = { from: 0, to: Math.max(1, duration), width };
  const scale: Scale = { ...view, width };
  const known = Number.isFinite(duration) && duration > 0;
  const spans = known ? spansFor(duration) : [0];

  return (
    <section className="desk" aria-label={t("desk.label")}>
      <div className="desk-row">
        <div className="desk-names">
          <div className="mid">{t("desk.whole")}</div>
          <div className="mut num">{known ? clock(duration) : format.dash}</div>
        </div>
        <div
          className="desk-draw"
          ref={ref}
          onPointerDown={seekBy(whole, onSeek)}
          onPointerMove={seekBy(whole, onSeek, true)}
        >
          {width > 0 && known && <Whole events={desk.events} scale={whole} view={view} />}
          <PlayheadLine playhead={playhead} scale={whole} />
        </div>
      </div>
      <div className="desk-row desk-scale">
        <div className="desk-names row">
          {spans.length > 1 && (
            <SegmentedControl
              value={String(chosen)}
              onChange={(value) => setSpan(Number(value))}
              aria-label={t("desk.zoom")}
              data={spans.map((one) => ({
                value: String(one),
                label: one === 0 ? t("desk.all") : t("desk.minutes", { count: one / 60 }),
              }))}
            />
          )}
        </div>
        <div className="desk-draw desk-ticks">
          {clockTicks(scale)
            .filter(fits(scale))
            .map((second) => (
              <span key={second} className="num" style={{ left: toX(scale, second) }}>
                {clock(second)}
              </span>
            ))}
          <PlayheadLabel playhead={playhead} scale={scale} />
        </div>
      </div>
      <div className="desk-lanes">
        <Lanes desk={desk} scale={scale} lanes={lanes} playhead={playhead} onSeek={onSeek} />
      </div>
      <div className="desk-foot">
        <span className="mut">{t(`desk.basis.${desk.basis}`)}</span>
        {desk.basis !== "none" && <NumberOffset value={shift} onChange={onShift} />}
      </div>
    </section>
  );
}

/** Whole steps of a clock, in seconds. */
const clockTicks = ({ from, to, width }: Scale): number[] =>
  ticks({ from: from * 1000, to: to * 1000, width }, 86).map((ms) => ms / 1000);

/** A label that would hang over an end is left out. */
const fits = (scale: Scale) => (second: number) => {
  const x = toX(scale, second);
  return x > 22 && x < scale.width - 22;
};

function seekBy(scale: Scale, onSeek: (seconds: number) => void, moving = false) {
  return (event: PointerEvent<HTMLElement>) => {
    if (moving ? event.buttons !== 1 : event.button !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    onSeek(toTime(scale, event.clientX - box.left));
  };
}

/** Calls `draw` with the playhead's x, or null while it is out of the scale; without rendering. */
function usePlayheadX(
  playhead: Playhead,
  scale: Scale,
  element: RefObject<HTMLElement | null>,
  tell?: (element: HTMLElement, seconds: number) => void,
) {
  const { from, to, width } = scale;
  useEffect(() => {
    const draw = () => {
      const one = element.current;
      if (!one) return;
      const inside = playhead.seconds >= from && playhead.seconds <= to;
      one.style.visibility = inside ? "visible" : "hidden";
      one.style.transform = `translateX(${toX({ from, to, width }, playhead.seconds).toFixed(1)}px)`;
      tell?.(one, playhead.seconds);
    };
    draw();
    return playhead.subscribe(draw);
  }, [playhead, from, to, width, element, tell]);
}

function PlayheadLine({ playhead, scale }: { playhead: Playhead; scale: Scale }) {
  const ref = useRef<HTMLSpanElement>(null);
  usePlayheadX(playhead, scale, ref);
  return <span className="desk-playhead" ref={ref} aria-hidden="true" />;
}

const tellClock = (element: HTMLElement, seconds: number) => {
  const words = element.firstElementChild;
  if (words) words.textContent = clock(seconds);
};

function PlayheadLabel({ playhead, scale }: { playhead: Playhead; scale: Scale }) {
  const ref = useRef<HTMLSpanElement>(null);
  usePlayheadX(playhead, scale, ref, tellClock);
  return (
    <span className="desk-playhead-label" ref={ref} aria-hidden="true">
      <b className="mono" />
    </span>
  );
}

/** How much happened when, over the whole; errors stand out; the stretch shown below is lit. */
function Whole({ events, scale, view }: { events: readonly DeskEvent[]; scale: Scale; view: View }) {
  const { t } = useTranslation("recordings");
  const bars = useMemo(() => {
    const count = Math.max(1, Math.floor(scale.width / 3));
    const times = events.filter((event) => event.kind !== "people").map((event) => event.at);
    const bad = events.filter((event) => event.kind === "log" && event.weight >= 3).map((event) => event.at);
    return { all: bins(times, 0, scale.to, count), bad: bins(bad, 0, scale.to, count), count };
  }, [events, scale.width, scale.to]);
  const most = Math.max(1, ...bars.all);
  const step = scale.width / bars.count;
  const from = toX(scale, view.from);
  const to = toX(scale, view.to);
  const isPart = view.to - view.from < scale.to - 0.5;
  return (
    <svg
      className="viz"
      width={scale.width}
      height={WHOLE_H}
      role="img"
      aria-label={t("desk.wholeLabel", { count: events.length })}
    >
      {isPart && <rect x={from} y={0} width={to - from} height={WHOLE_H} fill="var(--select)" />}
      {bars.all.map((count, n) => {
        const height = count === 0 ? 1.5 : 3 + Math.sqrt(count / most) * (WHOLE_H - 10);
        const lit = !isPart || (n * step >= from - step && n * step <= to);
        return (
          <rect
            key={n}
            x={n * step}
            y={(WHOLE_H - height) / 2}
            width={Math.max(1, step - 1.25)}
            height={height}
            fill={(bars.bad[n] ?? 0) > 0 ? "var(--down-fill)" : lit ? "var(--c1)" : "var(--fg-deco)"}
            opacity={lit ? 0.85 : 0.6}
          />
        );
      })}
      {isPart && <path d={`M${from} 0V${WHOLE_H}M${to} 0V${WHOLE_H}`} stroke="var(--accent-line)" />}
    </svg>
  );
}

type LanesProps = Pick<DeskProps, "desk" | "lanes" | "playhead" | "onSeek"> & { scale: Scale };

function Lanes({ desk, scale, lanes, playhead, onSeek }: LanesProps) {
  const { t } = useTranslation("recordings");
  const emotionWord = useEmotionWord();
  const format = useFormat();
  const start = desk.start;
  const stays = useMemo(
    () =>
      start === null
        ? []
        : staysOf(desk.people).stays.map((stay) => ({
            ...stay,
            from: (stay.from - start) / 1000,
            to: stay.to === null ? null : (stay.to - start) / 1000,
          })),
    [desk.people, start],
  );
  const moods = useMemo(() => moodLanes(desk.events, lanes >= 5 ? 3 : 1), [desk.events, lanes]);
  const people = stays
    .filter((stay) => (stay.to ?? Number.POSITIVE_INFINITY) > scale.from && stay.from < scale.to)
    .slice(0, lanes);
  const chat = useMemo(() => desk.events.filter((event) => event.kind === "chat"), [desk.events]);
  const logs = useMemo(
    () =>
      desk.events.flatMap((event) => (event.kind === "log" ? [{ at: event.at, weight: event.weight }] : [])),
    [desk.events],
  );
  const yMoods = LANE_H + 4;
  const yPeople = yMoods + moods.length * MOOD_H + 2;
  const yLogs = yPeople + people.length * LANE_H + 4;
  const height = yLogs + LANE_H + 4;
  const gone = (kind: "chat" | "emotion" | "people" | "log") => desk.missing[kind];
  return (
    <div className="desk-row">
      <div className="desk-names">
        <LaneName
          height={LANE_H + 4}
          name={t("events.chat")}
          end={gone("chat") ? t("desk.unknown") : format.integer(chat.length)}
        />
        {moods.map((mood) => (
          <LaneName
            key={mood.who}
            height={MOOD_H}
            name={mood.who}
            end={
              <>
                <i style={{ background: emotionColour(mood.most) }} />
                {emotionWord(mood.most)}
              </>
            }
          />
        ))}
        <div style={{ height: 2 }} />
        {people.map((stay, n) => (
          <LaneName key={stay.id} height={LANE_H} name={stay.name} end={n === 0 ? t("desk.inRoom") : null} />
        ))}
        <LaneName
          height={LANE_H + 8}
          name={t("events.log")}
          end={gone("log") ? t("desk.unknown") : format.integer(logs.length)}
        />
      </div>
      <div
        className="desk-draw"
        style={{ height }}
        onPointerDown={seekBy(scale, onSeek)}
        onPointerMove={seekBy(scale, onSeek, true)}
      >
        {scale.width > 0 && (
          <svg
            className="viz"
            width={scale.width}
            height={height}
            role="img"
            aria-label={t("desk.lanesLabel")}
          >
            <defs>
              <pattern
                id="desk-unknown"
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <path d="M0 0V5" stroke="var(--line-strong)" />
              </pattern>
            </defs>
            {clockTicks(scale).map((second) => (
              <path key={second} d={`M${toX(scale, second).toFixed(1)} 0V${height}`} stroke="var(--line)" />
            ))}
            {gone("chat") ? (
              <rect y={2} width={scale.width} height={LANE_H - 3} fill="url(#desk-unknown)" />
            ) : (
              thinned(
                chat.map((event) => ({ at: event.at, weight: 1 })),
                scale,
                2,
              ).map(({ at }) => (
                <path
                  key={at}
                  d={`M${toX(scale, at).toFixed(1)} 2V${LANE_H - 1}`}
                  stroke="var(--fg-2)"
                  strokeWidth={1.25}
                />
              ))
            )}
            {moods.map((mood, n) => (
              <g key={mood.who} transform={`translate(0 ${yMoods + n * MOOD_H})`}>
                {mood.marks.map((mark) => {
                  const drawn = bar(scale, mark.from, mark.to, scale.to);
                  if (!drawn || mark.to < scale.from) return null;
                  const tall = 5 + (mark.confidence ?? 0.5) * (MOOD_H - 8);
                  return (
                    <rect
                      key={mark.from}
                      x={drawn.x}
                      y={MOOD_H - 2 - tall}
                      width={Math.max(1, drawn.width - 0.75)}
                      height={tall}
                      fill={emotionColour(mark.emotion)}
                      opacity={0.75}
                    >
                      <title>{`${clock(mark.from)} ${emotionWord(mark.emotion)} ${mark.confidence?.toFixed(2) ?? ""}`}</title>
                    </rect>
                  );
                })}
              </g>
            ))}
            {people.map((stay, n) => (
              <Presence key={stay.id} stay={stay} scale={scale} y={yPeople + n * LANE_H} />
            ))}
            {gone("log") ? (
              <rect y={yLogs} width={scale.width} height={LANE_H} fill="url(#desk-unknown)" />
            ) : (
              thinned(logs, scale, 2).map((mark) => (
                <path
                  key={mark.at}
                  d={`M${toX(scale, mark.at).toFixed(1)} ${yLogs + (mark.weight >= 2 ? 1 : 7)}V${yLogs + LANE_H}`}
                  stroke={logColour(mark.weight)}
                  strokeWidth={mark.weight >= 2 ? 2 : 1}
                />
              ))
            )}
          </svg>
        )}
        <PlayheadLine playhead={playhead} scale={scale} />
      </div>
    </div>
  );
}

function LaneName({ name, end, height }: { name: string; end: React.ReactNode; height: number }) {
  return (
    <div className="desk-name" style={{ height }}>
      <span className="cut" dir="auto" title={name}>
        {name}
      </span>
      <span className="mut num desk-name-end">{end}</span>
    </div>
  );
}

function Presence({ stay, scale, y }: { stay: Stay; scale: Scale; y: number }) {
  const drawn = bar(scale, stay.from, stay.to, scale.to);
  if (!drawn) return null;
  const endX = drawn.x + drawn.width;
  const leaves = stay.to !== null && stay.to < scale.to;
  const joins = stay.from > scale.from;
  return (
    <g transform={`translate(0 ${y})`}>
      <rect x={drawn.x} y={4} width={drawn.width} height={7} fill="var(--c1)" opacity={0.62} />
      {joins && <path d={`M${drawn.x} 2.500v10l4-5Z`} fill="var(--up-fill)" />}
      {leaves && <path d={`M${endX} 2.500v10l-4-5Z`} fill="var(--down-fill)" />}
    </g>
  );
}

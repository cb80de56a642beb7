// The whole recording as one bar: what is buffered, where we are, the time under the pointer. A slider by keyboard too.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { clock } from "../format";
import { type Playhead, usePlayhead } from "./playhead";

type SeekBarProps = {
  playhead: Playhead;
  duration: number;
  buffered: readonly (readonly [number, number])[];
  onSeek: (seconds: number) => void;
};

const share = (seconds: number, duration: number) =>
  duration > 0 ? Math.min(100, Math.max(0, (seconds / duration) * 100)) : 0;

export function SeekBar({ playhead, duration, buffered, onSeek }: SeekBarProps) {
  const { t } = useTranslation("player");
  const bar = useRef<HTMLDivElement>(null);
  const filled = useRef<HTMLSpanElement>(null);
  const knob = useRef<HTMLSpanElement>(null);
  const [hover, setHover] = useState<number | null>(null);
  const seconds = usePlayhead(playhead);
  const known = Number.isFinite(duration) && duration > 0;

  useEffect(() => {
    const draw = () => {
      const at = share(playhead.seconds, duration);
      if (filled.current) filled.current.style.width = `${at}%`;
      if (knob.current) knob.current.style.left = `${at}%`;
    };
    draw();
    return playhead.subscribe(draw);
  }, [playhead, duration]);

  const at = (event: PointerEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: 5, ArrowLeft: -5, PageUp: 60, PageDown: -60 };
    const by = steps[event.key];
    const to =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? duration
          : by === undefined
            ? null
            : playhead.seconds + by;
    if (to === null || !known) return;
    event.preventDefault();
    onSeek(to);
  };
  return (
    <div
      ref={bar}
      className="seek"
      role="slider"
      tabIndex={0}
      aria-label={t("position")}
      aria-valuemin={0}
      aria-valuemax={known ? Math.floor(duration) : 0}
      aria-valuenow={Math.floor(seconds)}
      aria-valuetext={t("positionOf", { at: clock(seconds), all: known ? clock(duration) : "–" })}
      aria-disabled={!known}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (!known || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        onSeek(at(event));
      }}
      onPointerMove={(event) => {
        if (!known) return;
        setHover(at(event));
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onSeek(at(event));
      }}
      onPointerLeave={() => setHover(null)}
    >
      <span className="seek-track">
        {known &&
          buffered.map(([from, to]) => (
            <span
              key={from}
              className="seek-buffered"
              style={{ left: `${share(from, duration)}%`, width: `${share(to - from, duration)}%` }}
            />
          ))}
        <span className="seek-filled" ref={filled} />
      </span>
      <span className="seek-knob" ref={knob} />
      {hover !== null && (
        <span className="seek-tip mono" style={{ left: `${share(hover, duration)}%` }}>
          {clock(hover)}
        </span>
      )}
    </div>
  );
}

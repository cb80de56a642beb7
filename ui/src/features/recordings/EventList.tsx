// What happened, as rows that follow the playhead; a click goes there. Virtual: a long meeting has thousands.
import { SegmentedControl, Tooltip } from "@mantine/core";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Delayed, Gap, SkeletonLines } from "../../shared/feedback";
import { clock, useFormat } from "../../shared/format";
import { useRowScroll } from "../../shared/grid";
import { type Playhead, usePlayhead } from "../../shared/player";
import { Icon, type IconName } from "../../shared/theme";
import { useEmotionWord } from "../../shared/timeline";
import { type DeskEvent, type EventKind, eventAt } from "./events";
import type { DeskData } from "./useDesk";

const ROW = 22;
const ICONS: Record<EventKind, IconName> = { chat: "chat", emotion: "smile", people: "people", log: "logs" };
const KINDS: readonly EventKind[] = ["chat", "emotion", "people", "log"];
const nothing = () => {};

type EventListProps = { desk: DeskData; playhead: Playhead; onSeek: (seconds: number) => void };

export function EventList({ desk, playhead, onSeek }: EventListProps) {
  const { t } = useTranslation("recordings");
  const format = useFormat();
  const [kind, setKind] = useState<EventKind | "all">("all");
  const [text, setText] = useState("");
  const [following, setFollowing] = useState(true);
  const events = useMemo(() => {
    const words = text.trim().toLowerCase();
    return desk.events.filter(
      (event) => (kind === "all" || event.kind === kind) && (words === "" || haystack(event).includes(words)),
    );
  }, [desk.events, kind, text]);
  const counts = useMemo(() => {
    const out: Record<EventKind, number> = { chat: 0, emotion: 0, people: 0, log: 0 };
    for (const event of desk.events) out[event.kind]++;
    return out;
  }, [desk.events]);
  const now = eventAt(events, usePlayhead(playhead, 0.5) + 0.25);
  const scroll = useRowScroll(events.length, ROW, nothing);
  useEffect(() => {
    if (following && now >= 0) scroll.to((now + 0.5) * ROW - scroll.extent().viewport * 0.55);
  }, [following, now, scroll]);
  const stop = useCallback(() => setFollowing(false), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = events[Math.max(0, now + by)];
    if (by === 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(next.at);
  };
  const missing = kind === "all" ? KINDS.some((one) => desk.missing[one]) : desk.missing[kind];
  const cut = desk.cut.chat || desk.cut.emotion || desk.cut.log;
  const { first, end } = scroll.window;
  return (
    <>
      <div className="events-head">
        <SegmentedControl
          value={kind}
          onChange={(value) => setKind(value as EventKind | "all")}
          aria-label={t("events.show")}
          data={[
            { value: "all", label: t("events.all") },
            ...KINDS.map((one) => ({
              value: one,
              label: (
                <span className="events-kind num" title={t(`events.${one}`)}>
                  <Icon name={ICONS[one]} size={14} />
                  <span className="events-count">{format.integer(counts[one])}</span>
                  <span className="visually-hidden">{t(`events.${one}`)}</span>
                </span>
              ),
            })),
          ]}
        />
        <input
          className="events-find"
          type="search"
          aria-label={t("events.find")}
          placeholder={t("events.find")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Tooltip label={t("events.followText")}>
          <button
            type="button"
            className={following ? "tag tag-accent" : "tag"}
            aria-pressed={following}
            onClick={() => setFollowing(!following)}
          >
            {t(following ? "events.following" : "events.follow")}
          </button>
        </Tooltip>
      </div>
      {desk.start === null ? (
        <div className="part">
          <Gap>{t("clockUnknown")}</Gap>
        </div>
      ) : (
        <div
          className="events-scroll"
          ref={scroll.attach}
          onScroll={scroll.onScroll}
          onWheel={stop}
          onPointerDown={(event) => {
            if (event.target === event.currentTarget) stop();
          }}
          onKeyDown={onKeyDown}
          role="listbox"
          aria-label={t("events.label")}
          tabIndex={0}
        >
          <div style={{ height: scroll.height, position: "relative" }}>
            <div className="grid-layer" ref={scroll.layerRef}>
              {events.slice(first, end).map((event, n) => (
                <EventRow key={event.id} event={event} now={first + n === now} onSeek={onSeek} />
              ))}
            </div>
          </div>
          {events.length === 0 && !desk.reading && (
            <p className="mut small part">{t(text || kind !== "all" ? "events.noneShown" : "events.none")}</p>
          )}
          {desk.reading && events.length === 0 && (
            <Delayed>
              <div className="part">
                <SkeletonLines lines={6} />
              </div>
            </Delayed>
          )}
        </div>
      )}
      {(missing || cut || desk.outside > 0) && (
        <div className="events-foot">
          {missing && <span className="tone-warn">{t("events.missing")}</span>}
          {cut && <span className="tone-warn">{t("events.cut")}</span>}
          {desk.outside > 0 && <span className="mut">{t("events.outside", { count: desk.outside })}</span>}
        </div>
      )}
    </>
  );
}

function haystack(event: DeskEvent): string {
  const own =
    event.kind === "chat" || event.kind === "log"
      ? event.text
      : event.kind === "emotion"
        ? event.emotion
        : "";
  return `${event.who} ${own}`.toLowerCase();
}

const LOG_TONE = ["mut", "mut", "tone-warn", "tone-down", "tone-down"] as const;

function EventRow({
  event,
  now,
  onSeek,
}: {
  event: DeskEvent;
  now: boolean;
  onSeek: (seconds: number) => void;
}) {
  const { t } = useTranslation("recordings");
  const emotionWord = useEmotionWord();
  const format = useFormat();
  const log = event.kind === "log";
  let words = "";
  if (event.kind === "chat" || event.kind === "log") words = event.text;
  else if (event.kind === "people") {
    words = event.joined
      ? t("events.joined")
      : t("events.left", { duration: format.duration(event.stayedS) });
  } else {
    const to = emotionWord(event.emotion);
    const sure = event.confidence === null ? "" : event.confidence.toFixed(2);
    words =
      event.before !== null && event.before !== event.emotion
        ? t("events.turned", { to, sure, from: emotionWord(event.before) })
        : t("events.mood", { to, sure });
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and its arrow keys go from event to event
    <div
      className={now ? "event is-now" : "event"}
      role="option"
      aria-selected={now}
      title={words}
      onClick={() => onSeek(event.at)}
    >
      <span className="mono mut">{clock(event.at)}</span>
      <span className={log ? LOG_TONE[event.weight] : "mut"}>
        <Icon name={ICONS[event.kind]} size={14} />
      </span>
      <span className={log ? "mono mut cut" : "mid cut"} dir="auto">
        {event.who}
      </span>
      <span className={log ? "mono fg-2 cut" : "fg-2 cut"} dir="auto">
        {words}
      </span>
    </div>
  );
}

// A meeting on one clock: who was there when, moods, chat, recording, logs; now is one line through all lanes. Parts whose store is away
// are drawn as not known. It reads nothing: the screen brings what it has.
import { useTranslation } from "react-i18next";
import { useFormat } from "../format";
import { bar, bins, type Scale, shares, stackedAreas, thinned, ticks, toX } from "./geometry";
import { type EmotionMark, emotionColour, type LogMark, logColour, type Stay } from "./marks";
import "./timeline.css";
import { useTickOrigin } from "./useMidnight";
import { useWidth } from "./useWidth";

/** `undefined`: still being read. `null`: cannot be known just now. */
type Known<T> = T | null | undefined;

export type MeetingTimelineProps = {
  from: number;
  to: number;
  /** The line of now; `null` where the meeting is over. */
  now: number | null;
  stays: readonly Stay[];
  emotions: Known<readonly EmotionMark[]>;
  chat: Known<readonly number[]>;
  recordings: Known<readonly { from: number; to: number | null }[]>;
  logs: Known<readonly LogMark[]>;
  /** People drawn at most; the others are told in words. */
  people: number;
  onPerson?: (userId: string) => void;
};

const LANE = 16;
const EMOTION = 40;
const CHAT = 22;
const PERSON_BAR = 7;

export function MeetingTimeline(props: MeetingTimelineProps) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const emotionWord = useEmotionWord();
  const [ref, width] = useWidth<HTMLDivElement>();
  const origin = useTickOrigin(props.from);
  const scale: Scale = { from: props.from, to: props.to, width };
  const shown = props.stays.slice(0, props.people);
  const rest = props.stays.slice(props.people);
  const restLine = rest.length > 0 ? LANE : 0;
  const yEmotion = shown.length * LANE + restLine + 6;
  const yChat = yEmotion + EMOTION + 4;
  const yRecording = yChat + CHAT + 2;
  const yLogs = yRecording + LANE;
  const height = yLogs + LANE;
  const now = props.now;
  const nowX = now === null ? null : toX(scale, now);
  const presentNow = rest.filter((stay) => stay.to === null).length;
  const moods = props.emotions
    ? shares(
        props.emotions.map(({ at, key }) => ({ at, key })),
        props.from,
        props.to,
        Math.max(8, Math.floor(width / 8)),
        3,
      )
    : null;

  return (
    <div className="clock">
      <div className="clock-names">
        {shown.map((stay) => (
          <div className="clock-name" key={stay.id} style={{ height: LANE }}>
            {props.onPerson ? (
              <button
                type="button"
                className="clock-person cut"
                onClick={() => props.onPerson?.(stay.userId)}
              >
                {stay.name}
              </button>
            ) : (
              <span className="cut">{stay.name}</span>
            )}
            {stay.role === "host" && <span className="mut note-text">{t("clock.host")}</span>}
          </div>
        ))}
        {rest.length > 0 && (
          <div className="clock-name mut" style={{ height: LANE }}>
            {now !== null
              ? t("clock.moreNow", { count: rest.length, present: presentNow })
              : t("clock.more", { count: rest.length })}
          </div>
        )}
        <div className="clock-name clock-tall" style={{ height: EMOTION, marginTop: 6 }}>
          <span>{t("clock.emotion")}</span>
          <span className="clock-legend">
            {moods?.shares.map(({ key }) => (
              <span key={key}>
                <i style={{ background: emotionColour(key) }} />
                {emotionWord(key)}
              </span>
            ))}
          </span>
        </div>
        <div className="clock-name" style={{ height: CHAT, marginTop: 4, alignItems: "flex-end" }}>
          {t("clock.chat")} <Count of={props.chat} />
        </div>
        <div className="clock-name" style={{ height: LANE, marginTop: 2 }}>
          {t("clock.recording")}
        </div>
        <div className="clock-name" style={{ height: LANE }}>
          {t("clock.logs")} <Count of={props.logs} />
        </div>
      </div>
      <div className="clock-draw" ref={ref}>
        {width > 0 && (
          <svg
            className="viz"
            width={width}
            height={height}
            role="img"
            aria-label={t("clock.label", {
              count: props.stays.length,
              from: format.exact(props.from),
              to: format.exact(now ?? props.to),
            })}
          >
            <Grid scale={scale} height={height} origin={origin} nowX={nowX} />
            {shown.map((stay, n) => (
              <StayBar
                key={stay.id}
                stay={stay}
                scale={scale}
                y={n * LANE}
                now={now ?? props.to}
                live={now !== null}
              />
            ))}
            <g transform={`translate(0 ${yEmotion})`}>
              {moods
                ? stackedAreas(moods.shares, moods.first, moods.last, width, EMOTION - 4).map((d, k) => (
                    <path
                      key={moods.shares[k]?.key}
                      d={d}
                      fill={emotionColour(moods.shares[k]?.key ?? "")}
                      opacity={0.55}
                    />
                  ))
                : props.emotions === null && <Unknown width={width} height={EMOTION - 6} />}
            </g>
            <ChatBars
              chat={props.chat}
              from={props.from}
              to={props.to}
              width={width}
              y={yChat}
              height={CHAT}
            />
            <g transform={`translate(0 ${yRecording})`}>
              {props.recordings?.map((one) => {
                const drawn = bar(scale, one.from, one.to, now ?? props.to);
                return (
                  drawn && (
                    <g key={one.from}>
                      <rect
                        x={drawn.x}
                        y={5}
                        width={drawn.width}
                        height={5}
                        fill="var(--down-fill)"
                        opacity={0.75}
                      />
                      {drawn.open && now !== null && (
                        <circle cx={drawn.x + drawn.width} cy={7.5} r={3.5} fill="var(--down-fill)" />
                      )}
                    </g>
                  )
                );
              })}
              {props.recordings === null && <Unknown width={width} height={LANE - 4} />}
            </g>
            <g transform={`translate(0 ${yLogs})`}>
              {props.logs
                ? thinned(props.logs, scale, 2).map((mark) => (
                    <path
                      key={mark.at}
                      d={`M${toX(scale, mark.at).toFixed(1)} ${mark.weight >= 2 ? 2 : 6}V14`}
                      stroke={logColour(mark.weight)}
                      strokeWidth={mark.weight >= 2 ? 2 : 1}
                    />
                  ))
                : props.logs === null && <Unknown width={width} height={LANE - 4} />}
            </g>
            {nowX !== null && (
              <>
                <path d={`M${nowX} -2V${height}`} stroke="var(--accent)" strokeWidth={1.25} />
                <text x={nowX} y={-5} textAnchor="middle" className="clock-now">
                  {format.time(now ?? 0)}
                </text>
              </>
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

const EMOTIONS = [
  "calm",
  "happy",
  "tense",
  "neutral",
  "sad",
  "angry",
  "surprised",
  "focused",
  "confused",
] as const;
/** Turns an emotion as it is held into a word; one we do not know is shown as it is. */
export function useEmotionWord(): (key: string) => string {
  const { t } = useTranslation("meetings");
  return (key) => {
    const known = EMOTIONS.find((one) => one === key.toLowerCase());
    return known ? t(`emotion.${known}`) : key;
  };
}

function Count({ of }: { of: Known<readonly unknown[]> }) {
  const format = useFormat();
  return of ? <span className="mut num">{format.integer(of.length)}</span> : null;
}

function Unknown({ width, height }: { width: number; height: number }) {
  return <rect x={0} y={2} width={width} height={height} fill="url(#clock-unknown)" />;
}

function Grid({
  scale,
  height,
  origin,
  nowX,
}: {
  scale: Scale;
  height: number;
  origin: number;
  nowX: number | null;
}) {
  const format = useFormat();
  return (
    <>
      <defs>
        <pattern
          id="clock-unknown"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V5" stroke="var(--line-strong)" />
        </pattern>
      </defs>
      {ticks(scale, 52, origin).map((at) => {
        const x = toX(scale, at);
        const clear = (nowX === null || Math.abs(x - nowX) > 40) && x < scale.width - 12;
        return (
          <g key={at}>
            <path d={`M${x.toFixed(1)} 0V${height}`} stroke="var(--line)" />
            {clear && (
              <text x={x} y={-5} textAnchor={x < 16 ? "start" : "middle"}>
                {format.time(at)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

function StayBar({
  stay,
  scale,
  y,
  now,
  live,
}: {
  stay: Stay;
  scale: Scale;
  y: number;
  now: number;
  live: boolean;
}) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const drawn = bar(scale, stay.from, stay.to, now);
  if (!drawn) return null;
  const left = stay.to !== null;
  const words = left
    ? t("clock.stayed", {
        name: stay.name,
        from: format.timeS(stay.from),
        to: format.timeS(stay.to ?? 0),
        duration: format.duration(((stay.to ?? 0) - stay.from) / 1000),
      })
    : t("clock.stays", { name: stay.name, from: format.timeS(stay.from) });
  return (
    <g transform={`translate(0 ${y})`}>
      <title>{words}</title>
      <rect x={0} y={0} width={scale.width} height={LANE} fill="transparent" />
      <rect
        x={drawn.x}
        y={4}
        width={drawn.width}
        height={PERSON_BAR}
        rx={1.5}
        fill="var(--c1)"
        opacity={live && left ? 0.3 : 0.62}
      />
      {left && live && (
        <path d={`M${drawn.x + drawn.width} 2.500v10`} stroke="var(--fg-2)" strokeWidth={1.25} />
      )}
    </g>
  );
}

function ChatBars({
  chat,
  from,
  to,
  width,
  y,
  height,
}: {
  chat: Known<readonly number[]>;
  from: number;
  to: number;
  width: number;
  y: number;
  height: number;
}) {
  if (chat === null) {
    return (
      <g transform={`translate(0 ${y})`}>
        <Unknown width={width} height={height - 4} />
      </g>
    );
  }
  if (!chat) return null;
  const counts = bins(chat, from, to, Math.max(4, Math.floor(width / 5.45)));
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  return (
    <g transform={`translate(0 ${y})`}>
      {counts.map((count, n) =>
        count === 0 ? null : (
          <rect
            key={n}
            x={n * step}
            width={Math.max(1, step - 1.5)}
            y={height - 2 - (count / most) * (height - 6)}
            height={(count / most) * (height - 6)}
            fill="var(--fg-deco)"
          />
        ),
      )}
    </g>
  );
}

// What runs now, on one clock: how many were in each room from its start, and whether the room in Redis agrees.
// The shape is PostgreSQL's joins and leaves; the word beside it compares them with Redis. Nothing in it is smoothed or guessed.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, type LiveMeeting, type LiveMeetings } from "../../ipc";
import {
  AgeLabel,
  EmptyState,
  ErrorState,
  SkeletonRows,
  SourceTag,
  StateWord,
  type Tone,
} from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { Icon } from "../../shared/theme";
import { useWidth } from "../../shared/timeline/useWidth";
import { LiveDrawing, ROW } from "./LiveDrawing";

const SHOWN = 14;

type RoomWord = { tone: Tone; word: string; hint?: string };

function useRoomWord(): (one: LiveMeeting, live: LiveMeetings) => RoomWord {
  const { t } = useTranslation("overview");
  return (one, live) => {
    if (!live.rooms_known)
      return { tone: "mute", word: t("live.roomUnknown"), hint: t("live.roomUnknownHint") };
    if (one.in_room === null)
      return { tone: "down", word: t("live.roomMissing"), hint: t("live.roomMissingHint") };
    if (one.in_room !== one.present) {
      return {
        tone: "warn",
        word: t("live.roomDiffers", { count: one.in_room }),
        hint: t("live.roomDiffersHint", { present: one.present, room: one.in_room }),
      };
    }
    return { tone: "up", word: t("live.steady"), hint: t("live.steadyHint") };
  };
}

function LiveRows({ live }: { live: LiveMeetings }) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const roomWord = useRoomWord();
  const [ref, width] = useWidth<HTMLDivElement>();
  const shown = live.items.slice(0, SHOWN);
  const words = shown.map((one) => roomWord(one, live));
  return (
    <>
      <div className="live">
        <div className="live-names">
          {shown.map(({ meeting }) => (
            <Link
              key={meeting.id}
              to="/meetings/$id"
              params={{ id: meeting.id }}
              className="live-row"
              style={{ height: ROW }}
              title={meeting.title}
            >
              <span className="cut">{meeting.title}</span>
              {meeting.is_recording && (
                <span className="tone-down live-rec" title={t("live.recorded")}>
                  <Icon name="recordings" size={14} />
                  <span className="visually-hidden">{t("live.recorded")}</span>
                </span>
              )}
            </Link>
          ))}
        </div>
        <div className="live-drawing" ref={ref}>
          {width > 80 && (
            <LiveDrawing live={live} shown={shown} tones={words.map(({ tone }) => tone)} width={width} />
          )}
        </div>
        <div className="live-counts">
          {shown.map((one, at) => (
            <div key={one.meeting.id} className="live-row" style={{ height: ROW }}>
              <span className="num live-count">{format.integer(one.present)}</span>
              <StateWord tone={words[at]?.tone ?? "mute"} title={words[at]?.hint}>
                {words[at]?.word}
              </StateWord>
            </div>
          ))}
        </div>
      </div>
      {live.total > shown.length && (
        <Link to="/meetings" search={{ f: ["live=yes"] }} className="small">
          {t("live.more", { count: live.total - shown.length })}
        </Link>
      )}
    </>
  );
}

export function LiveNow() {
  const { t } = useTranslation("overview");
  const live = useQuery({ queryKey: ["meeting_live"], queryFn: api.meetingLive, refetchInterval: 30_000 });
  const people = live.data?.items.reduce((sum, one) => sum + one.present, 0) ?? 0;
  return (
    <section className="sec live-section" aria-labelledby="overview-live">
      <h2 className="sec-title" id="overview-live">
        {t("live.title")}
        {live.data && live.data.items.length > 0 && (
          <span className="sub">{t("live.sum", { meetings: live.data.total, people })}</span>
        )}
        <span className="end">
          {live.data && live.data.items.length > 0 && (
            <span className="row" style={{ gap: 5 }}>
              <svg width="16" height="10" aria-hidden="true">
                <path d="M0 5C4 1 8 0 16 1V9C8 10 4 9 0 5Z" fill="var(--c1)" opacity=".45" />
              </svg>
              {t("live.legend")}
            </span>
          )}
          <SourceTag store="postgres" />
          <SourceTag store="redis" />
          {live.data && <AgeLabel at={live.data.as_of} />}
        </span>
      </h2>
      {live.data ? (
        live.data.items.length > 0 ? (
          <LiveRows live={live.data} />
        ) : (
          <EmptyState title={t("live.none")}>{t("live.noneText")}</EmptyState>
        )
      ) : live.isError ? (
        <ErrorState error={live.error} onRetry={() => live.refetch()} />
      ) : (
        <SkeletonRows rows={6} columns={[150, 420, 90]} rowHeight={ROW} />
      )}
    </section>
  );
}

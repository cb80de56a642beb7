// The recording desk: picture and controls, what happened beside it, lanes below, one playhead through all.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Playback } from "../../ipc";
import { DetailHead, MeetingLink, say } from "../../shared/detail";
import { ErrorState, PartialBanner, SkeletonLines, StateWord } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { copyText } from "../../shared/grid";
import { toLink } from "../../shared/hooks";
import { type MediaFailure, type Player, Playhead, usePlayhead, VideoPlayer } from "../../shared/player";
import { MeetingClock } from "../../shared/time";
import { recordingCommands } from "./commands";
import { Desk } from "./Desk";
import { EventList } from "./EventList";
import { FileActions } from "./FileActions";
import { Problem, toProblem, Warning } from "./Problem";
import { playbackQuery } from "./queries";
import "./recordings.css";
import { useDesk, useShift } from "./useDesk";
import { containerWords, recordingStatus } from "./words";

const route = getRouteApi("/recordings/$id");

export function RecordingPage() {
  const { id } = route.useParams();
  const { t } = useTranslation("recordings");
  const query = useQuery(playbackQuery(id));
  if (query.data === undefined) {
    return (
      <div className="screen">
        {query.isError ? (
          <ErrorState
            error={query.error}
            title={t("recordingFailed", { id })}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <div className="part">
            <SkeletonLines lines={6} />
          </div>
        )}
      </div>
    );
  }
  return <OpenRecording key={id} playback={query.data} onReopen={() => void query.refetch()} />;
}

const lanesNow = () => (window.innerHeight >= 860 ? 6 : window.innerHeight >= 740 ? 3 : 1);
/** Lanes that fit under the picture at this height of the window. */
function useLanes(): number {
  const [lanes, setLanes] = useState(lanesNow);
  useEffect(() => {
    const look = () => setLanes(lanesNow());
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  }, []);
  return lanes;
}

function OpenRecording({ playback, onReopen }: { playback: Playback; onReopen: () => void }) {
  const { recording } = playback;
  const { t } = useTranslation("recordings");
  const search = route.useSearch();
  const [playhead] = useState(() => new Playhead());
  const player = useRef<Player>(null);
  const [failure, setFailure] = useState<MediaFailure | null>(null);
  const [shift, setShift] = useShift(recording.id);
  const duration = recording.duration_s ?? Number.NaN;
  const [fileDuration, setFileDuration] = useState<number | null>(null);
  const length = fileDuration ?? duration;
  const desk = useDesk(recording, length, shift);
  const lanes = useLanes();

  // The file knows its length better than the row.
  useEffect(() => {
    const video = document.querySelector<HTMLVideoElement>(".stage video");
    if (!video) return;
    const look = () => {
      if (Number.isFinite(video.duration)) setFileDuration(video.duration);
    };
    look();
    video.addEventListener("durationchange", look);
    return () => video.removeEventListener("durationchange", look);
  }, []);

  const seek = useCallback((seconds: number) => player.current?.seek(seconds), []);
  const copyLinkAt = useCallback(
    (seconds: number) => {
      const link = toLink(`/recordings/${recording.id}?t=${Math.floor(seconds)}`);
      void copyText(link).then(() => say(t("linkCopied", { at: clockOf(seconds) })));
    },
    [recording.id, t],
  );
  const retry = () => {
    setFailure(null);
    onReopen();
  };
  const worst = playback.problems[0];
  const problem = failure
    ? toProblem(failure, recording.file_path)
    : playback.url === null
      ? (worst ?? null)
      : null;

  return (
    <MeetingClock.Provider value={recording.meeting_start}>
      <div className="screen">
        <Head playback={playback} duration={length} />
        <PartialBanner
          stores={["s3", "mongodb", "postgres"]}
          missing={{
            s3: t("missing.s3Here"),
            mongodb: t("missing.mongodb"),
            postgres: t("missing.postgresHere"),
          }}
        />
        {problem === null && worst && <Warning problem={worst} />}
        <div className="desk-top">
          <div className="stage-box">
            {problem !== null ? (
              <Problem id={recording.id} problem={problem} onRetry={retry} />
            ) : (
              playback.url !== null && (
                <VideoPlayer
                  id={recording.id}
                  src={playback.url}
                  title={recording.meeting_title ?? recording.file_path}
                  playhead={playhead}
                  startAt={search.t ?? null}
                  durationHint={recording.duration_s}
                  clockStart={desk.start}
                  onLink={copyLinkAt}
                  onStale={onReopen}
                  onFailure={setFailure}
                  playerRef={player}
                />
              )
            )}
          </div>
          <aside className="events" aria-label={t("events.label")}>
            <EventList desk={desk} playhead={playhead} onSeek={seek} />
          </aside>
        </div>
        <Desk
          desk={desk}
          playhead={playhead}
          duration={length}
          shift={shift}
          onShift={setShift}
          onSeek={seek}
          lanes={lanes}
        />
        <Announce playhead={playhead} />
      </div>
    </MeetingClock.Provider>
  );
}

function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${pad(Math.floor((whole % 3600) / 60))}:${pad(whole % 60)}`;
}

/** For whoever does not see the playhead: its place once a minute. */
function Announce({ playhead }: { playhead: Playhead }) {
  const minute = usePlayhead(playhead, 60);
  return (
    <span className="visually-hidden" aria-live="polite">
      {clockOf(minute)}
    </span>
  );
}

function Head({ playback, duration }: { playback: Playback; duration: number }) {
  const { recording, container } = playback;
  const { t } = useTranslation("recordings");
  const format = useFormat();
  const { tone, word } = recordingStatus(t, recording);
  const kind = containerWords(t, container);
  const began = recording.created_at;
  const size = playback.size_bytes ?? recording.size_bytes;
  const differs =
    playback.size_bytes !== null &&
    recording.size_bytes !== null &&
    playback.size_bytes !== recording.size_bytes;
  return (
    <DetailHead
      variant="page"
      title={<span dir="auto">{recording.meeting_title ?? recording.id}</span>}
      state={
        recording.status === "completed" ? undefined : (
          <StateWord tone={tone} className="small">
            {word}
          </StateWord>
        )
      }
      route={`/recordings/${recording.id}`}
      commands={recordingCommands(recording)}
      actions={
        <span className="row desk-actions">
          <FileActions id={recording.id} size="xs" />
        </span>
      }
      facts={
        <>
          <span>
            {t("recordingNo")} <span className="mono">{recording.id}</span>
          </span>
          {kind && <span>{kind}</span>}
          <span
            className={differs ? "tone-warn" : undefined}
            title={differs ? t("sizeDiffers", { row: format.size(recording.size_bytes) }) : undefined}
          >
            {format.size(size)}
          </span>
          {Number.isFinite(duration) && <span>{format.clock(duration)}</span>}
          {began && <span title={format.exact(began)}>{format.moment(began)}</span>}
          <span className="cut">
            {t("ofMeeting")} <MeetingLink id={recording.meeting_id}>{recording.meeting_id}</MeetingLink>
          </span>
          <span className="mono cut" title={recording.file_path}>
            {recording.file_path}
          </span>
        </>
      }
    />
  );
}

// One meeting over five stores: facts, one clock, room, files, chat, logs, AI. Each part loads, fails and ages on its own.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../ipc";
import { DetailHead, PersonLink, type Variant } from "../../shared/detail";
import { ErrorState, PartialBanner, SkeletonLines, StateWord } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { Icon } from "../../shared/theme";
import { MeetingClock } from "../../shared/time";
import { meetingCommands } from "./commands";
import { Lasted } from "./Lasted";
import { AiResults, Analysis } from "./parts/AiResults";
import { Chat } from "./parts/Chat";
import { Documents, Recordings } from "./parts/Files";
import { Logs } from "./parts/Logs";
import { OnOneClock } from "./parts/OnOneClock";
import { Participants } from "./parts/Participants";
import { RoomNow } from "./parts/RoomNow";
import { Streams } from "./parts/Streams";
import "./meetings.css";
import { meetingQuery, recordingsQuery, streamsQuery } from "./queries";
import { lasted, meetingState } from "./words";

type MeetingDetailProps = { id: string; variant: Variant; onOpen?: () => void; onClose?: () => void };

export function MeetingDetail({ id, variant, onOpen, onClose }: MeetingDetailProps) {
  const { t } = useTranslation("meetings");
  const query = useQuery(meetingQuery(id));
  const meeting = query.data;
  if (meeting === undefined) {
    return query.isError ? (
      <ErrorState
        error={query.error}
        title={t("meetingFailed", { id })}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <div className="part">
        <SkeletonLines lines={8} />
      </div>
    );
  }
  return (
    <MeetingClock.Provider value={meeting.start_time}>
      <Head meeting={meeting} variant={variant} onOpen={onOpen} onClose={onClose} />
      <PartialBanner
        stores={variant === "page" ? ["postgres", "redis", "mongodb", "s3"] : ["redis", "mongodb", "s3"]}
        missing={{
          postgres: t("missing.postgresHere"),
          redis: t("missing.redis"),
          mongodb: t("missing.mongodb"),
          s3: t("missing.s3"),
        }}
      />
      {variant === "pane" ? (
        <div className="pane-scroll parts">
          <OnOneClock meeting={meeting} people={9} end={<DeskButton meeting={meeting} />} />
          <div className="part-pair">
            <RoomNow meeting={meeting} />
            <div>
              <Recordings meeting={meeting} />
              <Documents meeting={meeting} />
            </div>
          </div>
          <Chat meeting={meeting} lines={4} />
          <Logs meeting={meeting} lines={4} />
          <Participants meeting={meeting} lines={6} />
          <Streams meeting={meeting} lines={4} />
          <AiResults meeting={meeting} lines={4} />
          <Analysis meeting={meeting} />
        </div>
      ) : (
        <div className="detail-columns">
          <div className="parts">
            <OnOneClock meeting={meeting} people={14} end={<DeskButton meeting={meeting} />} />
            <Participants meeting={meeting} lines={12} />
            <Chat meeting={meeting} lines={10} />
            <Logs meeting={meeting} lines={10} />
          </div>
          <div className="parts">
            <RoomNow meeting={meeting} />
            <Recordings meeting={meeting} />
            <Documents meeting={meeting} />
            <Streams meeting={meeting} lines={8} />
            <AiResults meeting={meeting} lines={8} />
            <Analysis meeting={meeting} />
          </div>
        </div>
      )}
    </MeetingClock.Provider>
  );
}

function Head({ meeting, variant, onOpen, onClose }: { meeting: Meeting } & Omit<MeetingDetailProps, "id">) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const streams = useQuery(streamsQuery(meeting.id, meeting.live));
  const { tone, word } = meetingState(t, meeting);
  const end = meeting.live
    ? t("open")
    : meeting.end_time === null
      ? format.dash
      : format.moment(meeting.end_time);
  return (
    <DetailHead
      variant={variant}
      title={meeting.title}
      state={
        <StateWord tone={tone} className="small">
          {word} {lasted(meeting, Date.now()) !== null && <Lasted meeting={meeting} />}
        </StateWord>
      }
      route={`/meetings/${meeting.id}`}
      commands={meetingCommands(meeting)}
      onOpen={onOpen}
      onClose={onClose}
      facts={
        <>
          <span className="mono">{meeting.id}</span>
          <span>
            {t("by")}{" "}
            <b>
              <PersonLink id={meeting.creator_id}>{meeting.creator_name ?? meeting.creator_id}</PersonLink>
            </b>
          </span>
          <span title={format.exact(meeting.start_time)}>
            {t("span", { from: format.moment(meeting.start_time), to: end })}
          </span>
          <span>
            {meeting.max_participants === null
              ? t("people", { count: meeting.participant_count })
              : t("peopleOf", {
                  count: meeting.participant_count,
                  seats: format.integer(meeting.max_participants),
                })}
          </span>
          <span>{t(meeting.is_recording ? "recordingOn" : "recordingOff")}</span>
          {streams.data && <span>{t("streams", { count: streams.data.items.length })}</span>}
          {meeting.deleted_at !== null && (
            <span className="tone-down">{t("deletedAt", { at: format.moment(meeting.deleted_at) })}</span>
          )}
          {meeting.description !== null && meeting.description !== "" && (
            <span className="cut" dir="auto" title={meeting.description}>
              {meeting.description}
            </span>
          )}
        </>
      }
    />
  );
}

/** To the recording of this meeting, where there is one. */
function DeskButton({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation("meetings");
  const { data } = useQuery(recordingsQuery(meeting.id, meeting.live));
  const first = data?.items[0];
  if (!first) return null;
  return (
    <Link to="/recordings/$id" params={{ id: first.id }} className="small-button">
      <Icon name="recordings" size={14} />
      {t("openDesk")}
    </Link>
  );
}

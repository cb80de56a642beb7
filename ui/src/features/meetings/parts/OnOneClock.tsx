// All that happened in the meeting on one axis. Three stores feed it; a lane whose store is away is hatched, the others stand.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ApiFailure, Meeting } from "../../../ipc";
import { Part, Stopped } from "../../../shared/detail";
import { useNow, useTimeMode } from "../../../shared/time";
import { chatTimes, emotionsOf, logMarks, MeetingTimeline, staysOf } from "../../../shared/timeline";
import { aiResultsQuery, chatQuery, logsQuery, participantsQuery, recordingsQuery } from "../queries";

type Read<T> = { data: T | undefined; isError: boolean; error: ApiFailure | null };
/** What a lane is drawn from: not yet there, not to be had, or there. */
const lane = <T, R>(query: Read<T>, turn: (data: T) => R): R | null | undefined =>
  query.data !== undefined ? turn(query.data) : query.isError ? null : undefined;

const HEADROOM = 0.08;
const AT_LEAST_MS = 60_000;

function useSpan(
  meeting: Meeting,
  moments: readonly number[],
): { from: number; to: number; now: number | null } {
  const tick = useNow(meeting.live ? 5000 : 60_000);
  const clock = Math.max(tick, Date.now());
  const start = new Date(meeting.start_time).getTime();
  const from = Math.min(start, ...moments);
  if (meeting.live) return { from, to: clock + Math.max(AT_LEAST_MS, (clock - from) * HEADROOM), now: clock };
  const end = meeting.end_time === null ? start : new Date(meeting.end_time).getTime();
  return { from, to: Math.max(end, from + AT_LEAST_MS, ...moments), now: null };
}

export function OnOneClock({ meeting, people, end }: { meeting: Meeting; people: number; end?: ReactNode }) {
  const { t } = useTranslation(["meetings", "shared"]);
  const navigate = useNavigate();
  const [mode] = useTimeMode();
  const participants = useQuery(participantsQuery(meeting.id, meeting.live));
  const chat = useQuery(chatQuery(meeting.id, meeting.live));
  const results = useQuery(aiResultsQuery(meeting.id, meeting.live));
  const recordings = useQuery(recordingsQuery(meeting.id, meeting.live));
  const logs = useQuery(logsQuery(meeting.id, meeting.live));
  const { stays } = useMemo(() => staysOf(participants.data?.items ?? []), [participants.data]);
  const moments = useMemo(
    () => stays.flatMap((stay) => (stay.to === null ? [stay.from] : [stay.from, stay.to])),
    [stays],
  );
  const span = useSpan(meeting, moments);
  const emotions = useMemo(() => lane(results, (data) => emotionsOf(data.items)), [results]);
  const chatMarks = useMemo(() => lane(chat, (data) => chatTimes(data.items)), [chat]);
  const logLines = useMemo(() => lane(logs, (data) => logMarks(data.items)), [logs]);
  const recorded = useMemo(
    () =>
      lane(recordings, (data) =>
        data.items.map((one) => {
          const from = new Date(one.created_at ?? meeting.start_time).getTime();
          const known = one.duration_s !== null && one.status !== "processing";
          return { from, to: known ? from + (one.duration_s ?? 0) * 1000 : meeting.live ? null : span.to };
        }),
      ),
    [recordings, meeting, span.to],
  );

  return (
    <Part
      title={t("part.clock")}
      store="postgres"
      query={participants}
      asOf={(data) => data.as_of}
      note={(data) => (
        <>
          {t(`clock.mode.${mode}`)} <Stopped at={data.items.length} when={data.truncated} />
        </>
      )}
      end={end}
      lines={8}
    >
      {() =>
        stays.length === 0 ? (
          <p className="mut small">{t("nobodyYet")}</p>
        ) : (
          <MeetingTimeline
            from={span.from}
            to={span.to}
            now={span.now}
            stays={stays}
            emotions={emotions}
            chat={chatMarks}
            recordings={recorded}
            logs={logLines}
            people={people}
            onPerson={(id) => void navigate({ to: "/people/$id", params: { id } })}
          />
        )
      }
    </Part>
  );
}

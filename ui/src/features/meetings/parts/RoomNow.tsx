// The meeting's room as Redis holds it just now, beside what PostgreSQL says; where they differ, both are told.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Meeting, RoomState } from "../../../ipc";
import { Part } from "../../../shared/detail";
import { StateWord } from "../../../shared/feedback";
import { useFormat } from "../../../shared/format";
import { participantsQuery, roomQuery } from "../queries";

export function RoomNow({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation("meetings");
  const room = useQuery(roomQuery(meeting.id, meeting.live));
  return (
    <Part title={t("part.room")} store="redis" query={room} asOf={(data) => data.as_of} lines={4}>
      {(data) => <Facts meeting={meeting} data={data} />}
    </Part>
  );
}

function Facts({ meeting, data }: { meeting: Meeting; data: RoomState }) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const participants = useQuery(participantsQuery(meeting.id, meeting.live));
  const { room, locks, coverage } = data;
  const present = participants.data?.items.filter(
    (one) => one.leave_time === null && one.join_time !== null,
  ).length;
  const locksLine = locks.length > 0 && (
    <>
      <dt>{t("room.locks")}</dt>
      <dd className="mono" title={locks.map((lock) => `${lock.key} ${lock.holder}`).join("\n")}>
        {locks.map((lock) => lock.key).join(", ")}{" "}
        <span className="mut">{locks[0]?.ttl_s != null && format.duration(locks[0].ttl_s)}</span>
      </dd>
    </>
  );
  if (room === null) {
    return (
      <dl className="facts">
        <dt>{t("room.key")}</dt>
        <dd className={meeting.live ? "tone-warn" : "mut"}>
          {t(meeting.live ? "room.missing" : "room.gone")}
        </dd>
        {!coverage.complete && (
          <>
            <dt>{t("room.searched")}</dt>
            <dd>{t("room.partly", { count: coverage.scanned })}</dd>
          </>
        )}
        {locksLine}
      </dl>
    );
  }
  const differs = meeting.live && present !== undefined && present !== room.participants.length;
  return (
    <>
      <dl className="facts">
        <dt>{t("room.key")}</dt>
        <dd className="mono">{room.key}</dd>
        <dt>{t("room.state")}</dt>
        <dd>
          <StateWord tone={room.status === "active" ? "up" : "idle"}>
            {room.status ?? t("state.none")}
          </StateWord>
        </dd>
        <dt>{t("room.inside")}</dt>
        <dd className="num">
          {format.integer(room.participants.length)}
          {differs && <span className="tone-warn"> · {t("room.differs", { count: present })}</span>}
        </dd>
        <dt>{t("room.expires")}</dt>
        <dd>
          {room.ttl_s === null ? t("room.never") : t("room.in", { duration: format.duration(room.ttl_s) })}
        </dd>
        {locksLine}
      </dl>
      {room.undecoded !== null && (
        <>
          <div className="tone-warn small">{t("room.undecoded")}</div>
          <pre className="raw">{room.undecoded}</pre>
        </>
      )}
    </>
  );
}

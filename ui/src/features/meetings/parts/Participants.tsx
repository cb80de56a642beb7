// Who took part, as a table: part, joined, left, stayed, microphone and camera as they are now or were last.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting, Participant } from "../../../ipc";
import { Part, PersonLink, Stopped } from "../../../shared/detail";
import { useFormat } from "../../../shared/format";
import { Icon } from "../../../shared/theme";
import { participantsQuery } from "../queries";

export function Participants({ meeting, lines }: { meeting: Meeting; lines: number }) {
  const { t } = useTranslation("meetings");
  const query = useQuery(participantsQuery(meeting.id, meeting.live));
  const [all, setAll] = useState(false);
  return (
    <Part
      title={t("part.participants")}
      store="postgres"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => (
        <>
          {t("people", { count: data.items.length })} <Stopped at={data.items.length} when={data.truncated} />
        </>
      )}
      lines={4}
    >
      {(data) =>
        data.items.length === 0 ? (
          <p className="mut small">{t("nobodyYet")}</p>
        ) : (
          <div role="table" aria-label={t("part.participants")}>
            <div className="person-line line-head" role="row">
              <span role="columnheader">{t("person.name")}</span>
              <span role="columnheader">{t("person.role")}</span>
              <span role="columnheader">{t("person.joined")}</span>
              <span role="columnheader">{t("person.left")}</span>
              <span role="columnheader" className="end-aligned">
                {t("person.stayed")}
              </span>
              <span />
            </div>
            {(all ? data.items : data.items.slice(0, lines)).map((one) => (
              <Person key={one.id} person={one} live={meeting.live} />
            ))}
            {data.items.length > lines && (
              <div className="more-line">
                <button type="button" className="link" onClick={() => setAll(!all)}>
                  {all ? t("less") : t("allPeople", { count: data.items.length })}
                </button>
              </div>
            )}
          </div>
        )
      }
    </Part>
  );
}

function Person({ person, live }: { person: Participant; live: boolean }) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const { join_time: joined, leave_time: left } = person;
  const end = left === null ? (live ? Date.now() : null) : new Date(left).getTime();
  const stayed = joined === null || end === null ? null : (end - new Date(joined).getTime()) / 1000;
  const roles = ["host", "participant", "presenter", "co_host", "guest"] as const;
  const role = roles.find((one) => one === person.role);
  const inside = live && left === null && joined !== null;
  return (
    <div className="person-line" role="row">
      <span role="cell" className="cut" dir="auto">
        <PersonLink id={person.user_id}>{person.full_name ?? person.username}</PersonLink>
      </span>
      <span role="cell" className="mut cut">
        {role ? t(`role.${role}`) : (person.role ?? format.dash)}
      </span>
      <span role="cell" className="num fg-2" title={joined ? format.exact(joined) : undefined}>
        {joined ? format.timeS(joined) : format.dash}
      </span>
      <span
        role="cell"
        className={inside ? "tone-accent" : "num fg-2"}
        title={left ? format.exact(left) : undefined}
      >
        {left ? format.timeS(left) : inside ? t("person.inside") : format.dash}
      </span>
      <span role="cell" className="num end-aligned fg-2">
        {format.duration(stayed)}
      </span>
      <span role="cell" className="row mut" style={{ gap: 4, justifyContent: "flex-end" }}>
        {person.is_muted && (
          <span title={t("person.muted")}>
            <Icon name="micOff" size={14} />
            <span className="visually-hidden">{t("person.muted")}</span>
          </span>
        )}
        {person.is_video_on && (
          <span title={t("person.camera")}>
            <Icon name="camera" size={14} />
            <span className="visually-hidden">{t("person.camera")}</span>
          </span>
        )}
      </span>
    </div>
  );
}

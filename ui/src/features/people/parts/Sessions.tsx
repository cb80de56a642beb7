// Live sessions in Redis, found by a bounded scan: how far it came is said. A session's id is a credential and only its beginning is shown.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Session } from "../../../ipc";
import { Part } from "../../../shared/detail";
import { AgeLabel } from "../../../shared/feedback";
import { useFormat } from "../../../shared/format";
import { sessionsQuery } from "../queries";

export function Sessions({ id }: { id: string }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const query = useQuery(sessionsQuery(id));
  return (
    <Part
      title={t("part.sessions")}
      store="redis"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) =>
        data.coverage.complete ? (
          t("scannedAll", { count: data.items.length, keys: format.integer(data.coverage.scanned) })
        ) : (
          <span className="tone-warn">
            {t("scannedSome", { keys: format.integer(data.coverage.scanned) })}
          </span>
        )
      }
      lines={2}
    >
      {(data) =>
        data.items.length === 0 ? (
          <p className="mut small">{t(data.coverage.complete ? "noSessions" : "noSessionsFound")}</p>
        ) : (
          data.items.map((one) => <Line key={`${one.masked_id}${one.login_time}`} session={one} />)
        )
      }
    </Part>
  );
}

function Line({ session }: { session: Session }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  return (
    <>
      <div className="session-line">
        <span className="mono cut">session:{session.masked_id}</span>
        <span className="fg-2 cut">
          {session.last_activity ? (
            <>
              {t("activeAt")} <AgeLabel at={session.last_activity} />
            </>
          ) : (
            format.dash
          )}
        </span>
        <span className="mut cut" title={session.login_time ? format.exact(session.login_time) : undefined}>
          {session.login_time ? t("signedIn", { at: format.moment(session.login_time) }) : null}
        </span>
        <span className="mut num end-aligned">
          {session.ttl_s === null
            ? t("neverExpires")
            : t("expiresIn", { duration: format.duration(session.ttl_s) })}
        </span>
      </div>
      {session.undecoded !== null && <pre className="raw">{session.undecoded}</pre>}
    </>
  );
}

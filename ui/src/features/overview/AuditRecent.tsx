// The last changes, and whether the chain they hang on was found whole. The walk over the chain is made only when asked.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { STORE_TITLE } from "../../ipc";
import {
  auditRecentQuery,
  auditVerifyQuery,
  changesOf,
  RESULT_TONE,
  useActionWord,
} from "../../shared/audit";
import { ErrorLine, SkeletonLines, StateWord, StoreIcon } from "../../shared/feedback";
import { useFormat } from "../../shared/format";

const SHOWN = 14;

export function AuditRecent() {
  const { t } = useTranslation(["overview", "audit"]);
  const format = useFormat();
  const action = useActionWord();
  const recent = useQuery(auditRecentQuery);
  const verified = useQuery(auditVerifyQuery);
  const changes = changesOf(recent.data?.items ?? []).slice(0, SHOWN);
  return (
    <section className="sec" aria-labelledby="overview-audit">
      <h2 className="sec-title" id="overview-audit">
        {t("overview:audit.title")}
        {verified.data &&
          (verified.data.intact ? (
            <span className="sub">
              {t("overview:audit.intact", { when: format.moment(verified.data.as_of) })}
            </span>
          ) : (
            <StateWord tone="down">
              {t("overview:audit.broken", { count: verified.data.breaks.length })}
            </StateWord>
          ))}
        {!verified.data && recent.data && changes.length > 0 && (
          <button
            type="button"
            className="link note-text"
            onClick={() => verified.refetch()}
            disabled={verified.isFetching}
          >
            {verified.isFetching ? t("overview:audit.verifying") : t("overview:audit.verify")}
          </button>
        )}
        <span className="end">
          <Link to="/audit">{t("overview:audit.all")}</Link>
        </span>
      </h2>
      {verified.isError && <ErrorLine error={verified.error} />}
      {recent.isPending && <SkeletonLines lines={5} />}
      {recent.isError && <ErrorLine error={recent.error} onRetry={() => recent.refetch()} />}
      {recent.data && changes.length === 0 && (
        <p className="mut small alert-none">{t("overview:audit.none")}</p>
      )}
      <ul className="audit-lines">
        {changes.map(({ entry, result }) => (
          <li key={entry.change_id}>
            <Link
              to="/audit"
              search={{ show: entry.seq }}
              className="audit-line"
              title={`${action(entry.action)} ${entry.target}`}
            >
              <span className="mut num" title={format.exact(entry.at)}>
                {format.brief(entry.at)}
              </span>
              <span className="fg-2 cut">{entry.actor.os_user}</span>
              <span className="cut">
                <b className="mid">{action(entry.action)}</b> <span className="fg-2">{entry.target}</span>
              </span>
              {result === "done" ? (
                <span className="mut" title={STORE_TITLE[entry.store]}>
                  <StoreIcon store={entry.store} size={14} />
                </span>
              ) : (
                <StateWord tone={RESULT_TONE[result]} title={t(`audit:result.${result}`)}>
                  <span className="visually-hidden">{t(`audit:result.${result}`)}</span>
                </StateWord>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

// One entry whole: the facts, the difference it made, its place in the chain.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type AuditEntry, api } from "../../ipc";
import { RESULT_TONE, useActionWord } from "../../shared/audit";
import { CopyButton, ErrorState, SkeletonLines, SourceTag, StateWord } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { toLink, useShortcuts } from "../../shared/hooks";
import { Icon } from "../../shared/theme";
import { Difference } from "./Difference";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="wrap">{children}</dd>
    </>
  );
}

function EntryFacts({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const outcome = entry.phase === "outcome" ? (entry.outcome ?? "unknown") : null;
  return (
    <>
      <section className="sec">
        <dl className="facts">
          <Fact name={t("fact.result")}>
            {outcome ? (
              <StateWord tone={RESULT_TONE[outcome]}>{t(`result.${outcome}`)}</StateWord>
            ) : (
              <StateWord tone="mute">{t("phase.intentLong")}</StateWord>
            )}
          </Fact>
          {entry.failure && <Fact name={t("fact.failure")}>{entry.failure}</Fact>}
          <Fact name={t("fact.at")}>{format.exact(entry.at)}</Fact>
          <Fact name={t("fact.who")}>
            {t("fact.actor", { user: entry.actor.os_user, host: entry.actor.host, face: entry.actor.face })}
          </Fact>
          <Fact name={t("fact.profile")}>{entry.actor.profile}</Fact>
          <Fact name={t("fact.reason")}>
            {entry.reason ?? <span className="mut">{t("fact.noReason")}</span>}
          </Fact>
          <Fact name={t("fact.change")}>
            <span className="mono">{entry.change_id}</span> <CopyButton text={entry.change_id} />
          </Fact>
        </dl>
      </section>
      <section className="sec">
        <h3 className="sec-title">{entry.phase === "intent" ? t("diff.asked") : t("diff.reached")}</h3>
        <Difference before={entry.before} after={entry.after} />
      </section>
      <section className="sec">
        <h3 className="sec-title">{t("chain.title")}</h3>
        <dl className="facts">
          <Fact name={t("chain.previous")}>
            <span className="mono">{entry.previous_hash}</span>
          </Fact>
          <Fact name={t("chain.own")}>
            <span className="mono">{entry.hash}</span> <CopyButton text={entry.hash} />
          </Fact>
        </dl>
      </section>
    </>
  );
}

export function AuditPane({ seq, onShow }: { seq: string; onShow: (seq: string | undefined) => void }) {
  const { t } = useTranslation(["audit", "shared"]);
  const action = useActionWord();
  const pane = useRef<HTMLElement>(null);
  const query = useQuery({
    queryKey: ["audit_get", seq],
    queryFn: () => api.auditGet(seq),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useShortcuts([
    {
      id: "audit.close",
      keys: "escape",
      label: t("audit:closePane"),
      group: t("audit:title"),
      run: () => onShow(undefined),
    },
  ]);
  const entry = query.data;
  return (
    <aside className="audit-pane" ref={pane} aria-label={t("audit:entry", { seq })}>
      <header className="audit-pane-head">
        <div className="grow">
          <h2 className="centred-title cut">
            {entry ? `${action(entry.action)} · ${entry.target}` : t("audit:entry", { seq })}
          </h2>
          <div className="row small mut">
            <span className="mono">{seq}</span>
            {entry && <SourceTag store={entry.store} />}
          </div>
        </div>
        <Tooltip label={t("shared:action.copyLink")}>
          <ActionIcon
            aria-label={t("shared:action.copyLink")}
            onClick={() => void navigator.clipboard?.writeText(toLink(`/audit?show=${seq}`))}
          >
            <Icon name="link" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("shared:action.close")}>
          <ActionIcon aria-label={t("shared:action.close")} onClick={() => onShow(undefined)}>
            <Icon name="close" />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className="grow scroll">
        {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
        {query.isPending && (
          <div className="sec">
            <SkeletonLines lines={7} />
          </div>
        )}
        {entry && <EntryFacts entry={entry} />}
      </div>
    </aside>
  );
}

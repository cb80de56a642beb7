// The trail's columns.
import type { TFunction } from "i18next";
import { type AuditEntry, STORE_TITLE } from "../../ipc";
import { RESULT_TONE } from "../../shared/audit";
import { StateWord, StoreIcon } from "../../shared/feedback";
import type { Format } from "../../shared/format";
import type { Column } from "../../shared/grid";

type Words = TFunction<["audit", "shared"]>;

export function auditColumns(
  t: Words,
  format: Format,
  action: (name: string) => string,
): Column<AuditEntry>[] {
  const result = (entry: AuditEntry) => {
    if (entry.phase === "intent") return <StateWord tone="mute">{t("audit:phase.intent")}</StateWord>;
    const outcome = entry.outcome ?? "unknown";
    return <StateWord tone={RESULT_TONE[outcome]}>{t(`audit:result.${outcome}`)}</StateWord>;
  };
  return [
    {
      id: "seq",
      label: t("audit:column.seq"),
      width: 72,
      mono: true,
      sort: "seq",
      cell: (entry) => entry.seq,
      text: (entry) => entry.seq,
    },
    {
      id: "at",
      label: t("audit:column.at"),
      width: 112,
      cell: (entry) => <span title={format.exact(entry.at)}>{format.moment(entry.at)}</span>,
      text: (entry) => entry.at,
    },
    {
      id: "who",
      label: t("audit:column.who"),
      width: 110,
      cell: (entry) => <span className="cut">{entry.actor.os_user}</span>,
      text: (entry) => entry.actor.os_user,
    },
    {
      id: "action",
      label: t("audit:column.action"),
      width: 140,
      cell: (entry) => <b className="mid cut">{action(entry.action)}</b>,
      text: (entry) => entry.action,
    },
    {
      id: "target",
      label: t("audit:column.target"),
      width: 160,
      grow: true,
      cell: (entry) => <span className="cut">{entry.target}</span>,
      text: (entry) => entry.target,
    },
    {
      id: "result",
      label: t("audit:column.result"),
      width: 120,
      cell: result,
      text: (entry) => entry.outcome ?? entry.phase,
    },
    {
      id: "store",
      label: t("audit:column.store"),
      width: 112,
      cell: (entry) => (
        <span className="row fg-2" style={{ gap: 6 }}>
          <StoreIcon store={entry.store} size={14} />
          {STORE_TITLE[entry.store]}
        </span>
      ),
      text: (entry) => entry.store,
    },
    {
      id: "reason",
      label: t("audit:column.reason"),
      width: 160,
      grow: true,
      cell: (entry) => <span className="fg-2 cut">{entry.reason ?? format.dash}</span>,
      text: (entry) => entry.reason ?? "",
    },
    {
      id: "face",
      label: t("audit:column.face"),
      width: 84,
      optional: true,
      cell: (entry) => entry.actor.face,
      text: (entry) => entry.actor.face,
    },
    {
      id: "host",
      label: t("audit:column.host"),
      width: 110,
      optional: true,
      cell: (entry) => <span className="cut">{entry.actor.host}</span>,
      text: (entry) => entry.actor.host,
    },
    {
      id: "hash",
      label: t("audit:column.hash"),
      width: 130,
      mono: true,
      optional: true,
      cell: (entry) => entry.hash.slice(0, 16),
      text: (entry) => entry.hash,
    },
  ];
}

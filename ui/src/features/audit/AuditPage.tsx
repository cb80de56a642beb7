// The trail of every change: who, what, to what, why, what became of it. Append-only; the chain is walked when asked.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type AuditEntry, api } from "../../ipc";
import { auditVerifyQuery, useActionWord } from "../../shared/audit";
import { EmptyState, ErrorLine, PartialBanner } from "../../shared/feedback";
import { SearchBox } from "../../shared/filters/SearchBox";
import "../../shared/filters/filters.css";
import { useFormat } from "../../shared/format";
import { EntityGrid, ListHead, useColumns, useKeysetRows } from "../../shared/grid";
import { Icon } from "../../shared/theme";
import { AuditPane } from "./AuditPane";
import "./audit.css";
import { auditColumns } from "./columns";
import { Verdict } from "./Verdict";

const route = getRouteApi("/audit");
const ORDER = { by: "seq", descending: true };

export function AuditPage() {
  const { t } = useTranslation(["audit", "shared"]);
  const format = useFormat();
  const action = useActionWord();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const box = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { q } = search;
  const fetchPage = useCallback(
    (after: string | null, limit: number) => api.auditList({ search: q ?? null, page: { after, limit } }),
    [q],
  );
  const { rows, state } = useKeysetRows<AuditEntry>(["audit_list", q ?? ""], fetchPage);
  const all = useMemo(() => auditColumns(t, format, action), [t, format, action]);
  const columns = useColumns("audit", all);
  const verified = useQuery(auditVerifyQuery);
  const show = (seq: string | undefined) =>
    navigate({ search: { ...search, show: seq }, replace: search.show !== undefined });
  return (
    <div className="screen">
      <ListHead
        title={t("audit:title")}
        list="audit"
        rows={rows}
        state={state}
        total={undefined}
        columns={columns}
      >
        <Button
          leftSection={<Icon name="integrity" size={14} />}
          onClick={() => verified.refetch()}
          loading={verified.isFetching}
        >
          {t("audit:verify.action")}
        </Button>
      </ListHead>
      <PartialBanner stores={["postgres"]} missing={{ postgres: t("audit:missing") }} />
      {verified.isError && (
        <div className="audit-verdict">
          <ErrorLine error={verified.error} onRetry={() => verified.refetch()} />
        </div>
      )}
      {verified.data && <Verdict verification={verified.data} onShow={show} />}
      <div className={search.show ? "audit-body with-pane" : "audit-body"}>
        <div className="col grow">
          <div className="audit-filters">
            <SearchBox
              inputRef={box}
              value={q ?? ""}
              placeholder={t("audit:search")}
              onSearch={(text) =>
                navigate({ search: { ...search, q: text === "" ? undefined : text }, replace: true })
              }
              onLeave={() => grid.current?.querySelector<HTMLElement>("[role=grid]")?.focus()}
            />
          </div>
          <div className="col grow" ref={grid}>
            <EntityGrid
              label={t("audit:title")}
              list="audit"
              columns={columns}
              rows={rows}
              state={state}
              idOf={(entry) => entry.seq}
              shown={search.show}
              sort={ORDER}
              onSort={() => {}}
              onOpen={(entry) => show(entry.seq)}
              onPeek={(entry) => show(entry?.seq)}
              searchBox={box}
              errorTitle={t("audit:errorTitle")}
              empty={
                q ? (
                  <EmptyState
                    title={t("audit:noneFound", { text: q })}
                    actions={
                      <Button onClick={() => navigate({ search: { ...search, q: undefined } })}>
                        {t("audit:clearSearch")}
                      </Button>
                    }
                  />
                ) : (
                  <EmptyState title={t("audit:none")}>{t("audit:noneText")}</EmptyState>
                )
              }
              note={t("audit:order")}
            />
          </div>
        </div>
        {search.show && <AuditPane seq={search.show} onShow={show} />}
      </div>
    </div>
  );
}

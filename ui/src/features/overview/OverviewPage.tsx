// The state of the house at a glance: five stores, the span's figures, what runs now, what wants attention, what was changed.
// Each part is read on its own, so one store down leaves the others' parts standing.
import { ActionIcon, SegmentedControl, Tooltip } from "@mantine/core";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, healthQuery, type OverviewSpan, useHealth } from "../../ipc";
import { AlertList, useAlerts } from "../../shared/alerts";
import { AgeLabel, PartialBanner, SkeletonLines } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { Icon } from "../../shared/theme";
import { useNow } from "../../shared/time";
import { AuditRecent } from "./AuditRecent";
import { Figures } from "./Figures";
import { LiveNow } from "./LiveNow";
import "./overview.css";
import { StoresTable } from "./StoresTable";

const route = getRouteApi("/overview");
const SPANS: readonly OverviewSpan[] = ["today", "week", "month"];
const DEFAULT_SPAN: OverviewSpan = "today";
const REFRESH_MS = 30_000;

export function OverviewPage() {
  const { t } = useTranslation(["overview", "shared"]);
  const format = useFormat();
  const { span = DEFAULT_SPAN } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const today = useNow(60_000);
  const overview = useQuery({
    queryKey: ["overview", span],
    queryFn: () => api.overviewGet(span),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const alerts = useAlerts();
  const health = useHealth();
  const refresh = () => {
    for (const key of ["overview", "meeting_live", "audit_recent", healthQuery.queryKey[0]]) {
      void client.invalidateQueries({ queryKey: [key] });
    }
  };
  const critical = alerts.filter(({ level }) => level === "critical").length;
  return (
    <div className="screen">
      <div className="head">
        <h1>{t("overview:title")}</h1>
        <span className="sub">
          {format.weekday(today)}
          {overview.data && (
            <>
              {" · "}
              <AgeLabel at={overview.data.as_of} />
            </>
          )}
        </span>
        <div className="head-end">
          <SegmentedControl
            size="sm"
            aria-label={t("overview:span.label")}
            value={span}
            onChange={(value) =>
              navigate({
                search: value === DEFAULT_SPAN ? {} : { span: value as OverviewSpan },
                replace: true,
              })
            }
            data={SPANS.map((value) => ({ value, label: t(`overview:span.${value}`) }))}
          />
          <Tooltip label={t("shared:action.refresh")}>
            <ActionIcon
              variant="default"
              aria-label={t("shared:action.refresh")}
              onClick={refresh}
              loading={overview.isFetching && overview.isPlaceholderData}
            >
              <Icon name="refresh" size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      <PartialBanner
        stores={["postgres", "redis", "mongodb"]}
        missing={{
          postgres: t("overview:missing.postgres"),
          redis: t("overview:missing.redis"),
          mongodb: t("overview:missing.mongodb"),
        }}
      />
      <div className="overview-body">
        <div className="overview-main">
          <StoresTable />
          <Figures query={overview} span={span} />
          <LiveNow />
        </div>
        <aside className="overview-aside">
          <section className="sec" aria-labelledby="overview-alerts">
            <h2 className="sec-title" id="overview-alerts">
              {t("overview:alerts.title")}
              {alerts.length > 0 && (
                <span className="sub">
                  {t("overview:alerts.sum", { critical, warnings: alerts.length - critical })}
                </span>
              )}
            </h2>
            {health.isPending ? <SkeletonLines lines={2} /> : <AlertList alerts={alerts} />}
          </section>
          <AuditRecent />
        </aside>
      </div>
    </div>
  );
}

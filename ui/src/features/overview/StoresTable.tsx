// The five stores: state, version and part, the day as this desktop saw it, latency, pool, what they hold.
import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  type HealthHistory,
  STORE_TITLE,
  type StoreHealth,
  useAppInfo,
  useHealth,
  useHealthHistory,
} from "../../ipc";
import { Spark, StateStrip } from "../../shared/charts";
import {
  ErrorLine,
  NextAttempt,
  SkeletonRows,
  STORE_TONE,
  StateWord,
  StoreIcon,
} from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { useNow } from "../../shared/time";

const LATENCY_COLOUR = {
  connecting: "var(--fg-3)",
  up: "var(--fg-3)",
  degraded: "var(--warn-fill)",
  down: "var(--down-fill)",
} as const;

function PoolCell({ health }: { health: StoreHealth }) {
  const { t } = useTranslation("overview");
  const format = useFormat();
  const { pool } = health;
  if (!pool || health.state === "down") return <span className="mut">{format.dash}</span>;
  const busy = pool.open - pool.idle;
  return (
    <Tooltip label={t("stores.poolHint", { busy, idle: pool.idle, limit: pool.limit })}>
      <span className="row overview-pool">
        <span className="meter">
          <span
            style={{
              width: `${Math.min(100, (pool.open / Math.max(1, pool.limit)) * 100)}%`,
              background: "var(--info-fill)",
            }}
          />
        </span>
        <span>
          {t("stores.poolOf", { open: format.integer(pool.open), limit: format.integer(pool.limit) })}
        </span>
      </span>
    </Tooltip>
  );
}

function StoreRow({ health, history }: { health: StoreHealth; history: HealthHistory }) {
  const { t } = useTranslation(["overview", "shared"]);
  const format = useFormat();
  const now = useNow(health.state === "down" ? 1000 : 60_000);
  const title = STORE_TITLE[health.store];
  const slots = history.day(health.store, now);
  const count = (state: string) => slots.filter((slot) => slot === state).length;
  const strip = t("overview:stores.stripLabel", {
    store: title,
    up: count("up"),
    degraded: count("degraded"),
    down: count("down"),
    unknown: slots.filter((slot) => slot === null).length,
  });
  const about = [health.version, health.role].filter(Boolean).join(", ");
  const more = [
    health.address,
    health.tls ? t("overview:stores.tls") : t("overview:stores.noTls"),
    health.detail,
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <tr>
      <td>
        <span className="row">
          <span className="fg-2">
            <StoreIcon store={health.store} />
          </span>
          <b className="mid">{title}</b>
        </span>
      </td>
      <td>
        <StateWord tone={STORE_TONE[health.state]}>{t(`shared:state.${health.state}`)}</StateWord>
      </td>
      <td className="fg-2">
        <Tooltip label={more} multiline>
          <span className="cut">
            {health.state === "down" ? (
              <>
                {t("overview:stores.downFor", {
                  duration: format.duration((now - new Date(health.since).getTime()) / 1000),
                })}
                {health.next_attempt_at && (
                  <>
                    {" · "}
                    <NextAttempt at={health.next_attempt_at} />
                  </>
                )}
              </>
            ) : health.state === "degraded" && health.detail ? (
              `${about}, ${health.detail}`
            ) : (
              about || format.dash
            )}
          </span>
        </Tooltip>
      </td>
      <td className="overview-strip">
        <Tooltip label={strip} multiline>
          <span>
            <StateStrip slots={slots} label={strip} />
          </span>
        </Tooltip>
      </td>
      <td className="n">
        <span className="row overview-end">
          <Spark
            values={history.hour(health.store, Date.now())}
            width={72}
            height={18}
            colour={LATENCY_COLOUR[health.state]}
            label={t("overview:stores.latencyLabel", { store: title })}
          />
          <span className="overview-ms">
            {health.state === "down" ? format.dash : format.latency(health.latency_ms)}
          </span>
        </span>
      </td>
      <td className="n fg-2">
        <PoolCell health={health} />
      </td>
      <td className="n fg-2">{format.size(health.holds_bytes)}</td>
    </tr>
  );
}

export function StoresTable() {
  const { t } = useTranslation("overview");
  const health = useHealth();
  const profile = useAppInfo().data?.profile?.name ?? "";
  const history = useHealthHistory(profile);
  return (
    <>
      <table className="table overview-stores" aria-label={t("stores.label")}>
        <colgroup>
          <col className="overview-c-store" />
          <col className="overview-c-state" />
          <col />
          <col className="overview-c-strip" />
          <col className="overview-c-latency" />
          <col className="overview-c-pool" />
          <col className="overview-c-holds" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t("stores.store")}</th>
            <th scope="col">{t("stores.state")}</th>
            <th scope="col">{t("stores.version")}</th>
            <th scope="col" className="overview-strip">
              {t("stores.day")}
            </th>
            <th scope="col" className="n">
              {t("stores.latency")}
            </th>
            <th scope="col" className="n">
              {t("stores.pool")}
            </th>
            <th scope="col" className="n">
              {t("stores.holds")}
            </th>
          </tr>
        </thead>
        <tbody>
          {health.data?.stores.map((one) => (
            <StoreRow key={one.store} health={one} history={history} />
          ))}
        </tbody>
      </table>
      {health.isPending && <SkeletonRows rows={5} columns={[96, 70, 140, 186, 90, 90, 70]} rowHeight={34} />}
      {health.isError && (
        <div className="sec">
          <ErrorLine error={health.error} onRetry={() => health.refetch()} />
        </div>
      )}
    </>
  );
}

// The five stores in one line, the work under way, and how old what is shown is.
import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { STORE_TITLE, type StoreHealth, useHealth, useTasks } from "../ipc";
import { STORE_TONE, StateWord } from "../shared/feedback";
import { useFormat } from "../shared/format";
import { useNow } from "../shared/time";
import { progressOf, useTaskKind } from "./tasks/progress";

function StoreLine({ health }: { health: StoreHealth }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const now = useNow(health.state === "down" ? 1000 : 60_000);
  const title = STORE_TITLE[health.store];
  const words =
    health.state === "up"
      ? `${title} ${format.latency(health.latency_ms)}`
      : health.state === "degraded"
        ? `${title} ${t("state.degraded")} ${format.latency(health.latency_ms)}`
        : health.state === "down"
          ? `${title} ${t("state.down")} ${format.duration((now - new Date(health.since).getTime()) / 1000)}`
          : `${title} ${t("state.connecting")}`;
  const more = [health.version, health.role, health.address, health.detail].filter(Boolean).join(" · ");
  return (
    <Tooltip label={more} disabled={!more}>
      <span>
        <StateWord tone={STORE_TONE[health.state]}>{words}</StateWord>
      </span>
    </Tooltip>
  );
}

function RunningTask() {
  const { t } = useTranslation("app");
  const format = useFormat();
  const kind = useTaskKind();
  const { data: tasks } = useTasks();
  const now = useNow();
  const running = tasks?.filter((task) => task.state === "running") ?? [];
  const [first] = running;
  if (!first) return null;
  const { ratio, rate, remainingS } = progressOf(first, now);
  const parts = [
    ratio !== null ? <b key="ratio">{format.percent(ratio)}</b> : null,
    rate !== null && first.unit === "bytes" ? <span key="rate">{format.rate(rate)}</span> : null,
    remainingS !== null ? (
      <span key="left">{t("tasks.left", { duration: format.duration(remainingS) })}</span>
    ) : null,
    running.length > 1 ? <span key="more">{t("tasks.more", { count: running.length - 1 })}</span> : null,
  ].filter((part) => part !== null);
  return (
    <span className="row cut" style={{ gap: 6 }}>
      <span className="cut">{kind(first)}</span>
      {parts.map((part) => (
        <span key={part.key}>· {part}</span>
      ))}
    </span>
  );
}

export function StatusBar() {
  const { t } = useTranslation("app");
  const format = useFormat();
  const { data: health } = useHealth();
  return (
    <section className="statusbar" aria-label={t("statusbar.label")}>
      {health?.stores.map((one) => (
        <Link key={one.store} to="/overview" draggable={false}>
          <StoreLine health={one} />
        </Link>
      ))}
      <span className="statusbar-end">
        <RunningTask />
        {health && (
          <span>
            {t("statusbar.asOf")} <b>{format.timeS(health.as_of)}</b>
          </span>
        )}
      </span>
    </section>
  );
}

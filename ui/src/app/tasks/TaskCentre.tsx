// Long work: what runs, how far it is, how fast, how long still, stop it; and what ended, with its reason where it failed.
import { Button, Popover, Tooltip } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Task, tasksQuery, useTasks } from "../../ipc";
import { AgeLabel, CopyButton, ErrorLine, StateWord, type Tone } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { Icon } from "../../shared/theme";
import { useNow } from "../../shared/time";
import { progressOf, useTaskKind } from "./progress";

const TONE: Record<Task["state"], Tone> = {
  running: "live",
  cancelling: "warn",
  cancelled: "idle",
  done: "up",
  failed: "down",
};

function TaskRow({ task }: { task: Task }) {
  const { t } = useTranslation("app");
  const format = useFormat();
  const kind = useTaskKind();
  const queries = useQueryClient();
  const active = task.state === "running" || task.state === "cancelling";
  const now = useNow(active ? 1000 : 3_600_000);
  const { ratio, rate, remainingS } = progressOf(task, now);
  const cancel = useMutation({
    mutationFn: () => api.taskCancel(task.id),
    onSettled: () => queries.invalidateQueries({ queryKey: tasksQuery.queryKey }),
  });
  const amount = (value: number) => (task.unit === "bytes" ? format.size(value) : format.integer(value));
  const facts = [
    task.total === null
      ? amount(task.done)
      : t("tasks.of", { done: amount(task.done), total: amount(task.total) }),
    active && rate !== null
      ? task.unit === "bytes"
        ? format.rate(rate)
        : t("tasks.perSecond", { rate: format.count(rate) })
      : null,
    active && remainingS !== null ? t("tasks.left", { duration: format.duration(remainingS) }) : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="task">
      <div className="task-line">
        <span className="cut mid" title={kind(task)}>
          {kind(task)}
        </span>
        <span className="push row">
          {task.state === "running" && (
            <Button size="xs" variant="subtle" onClick={() => cancel.mutate()} loading={cancel.isPending}>
              {t("tasks.cancel")}
            </Button>
          )}
          {task.state !== "running" && (
            <StateWord tone={TONE[task.state]}>{t(`tasks.state.${task.state}`)}</StateWord>
          )}
        </span>
      </div>
      {active && (
        <div
          className="meter"
          role="progressbar"
          aria-label={kind(task)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={ratio === null ? undefined : Math.floor(ratio * 100)}
        >
          <span
            style={{ width: ratio === null ? "100%" : `${ratio * 100}%`, opacity: ratio === null ? 0.35 : 1 }}
          />
        </div>
      )}
      <div className="task-line task-note">
        <span className="cut">{facts.join(" · ")}</span>
        <span className="push">
          <AgeLabel at={task.ended_at ?? task.started_at} />
        </span>
      </div>
      {task.note && <div className="task-note cut">{task.note}</div>}
      {task.problem && <ErrorLine error={task.problem} />}
      {task.problem?.diagnostic_id === "" && <CopyButton text={task.problem.message} />}
      {cancel.isError && <ErrorLine error={cancel.error} />}
    </li>
  );
}

export function TaskCentre() {
  const { t } = useTranslation("app");
  const { data: tasks } = useTasks();
  const [opened, setOpened] = useState(false);
  const running =
    tasks?.filter((task) => task.state === "running" || task.state === "cancelling").length ?? 0;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t("tasks.title")} disabled={opened}>
          <button
            type="button"
            className="top-button"
            onClick={() => setOpened((was) => !was)}
            aria-label={t("tasks.button", { count: running })}
            aria-expanded={opened}
          >
            <Icon name="tasks" />
            {running > 0 && <span>{running}</span>}
          </button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="float tasks" aria-label={t("tasks.title")}>
        {tasks && tasks.length > 0 ? (
          <ul>
            {tasks.map((task) => (
              <TaskRow key={task.id} task={task} />
            ))}
          </ul>
        ) : (
          <p className="mut small" style={{ padding: "10px 8px" }}>
            {t("tasks.none")}
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

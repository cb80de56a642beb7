// What a task's numbers say: how much of it is done, how fast it went so far, how long it will take at that rate.
import { useTranslation } from "react-i18next";
import type { Task } from "../../ipc";

export type Progress = { ratio: number | null; rate: number | null; remainingS: number | null };

const MEANINGFUL_AFTER_S = 1;

export function progressOf(task: Task, now: number): Progress {
  const ratio = task.total !== null && task.total > 0 ? Math.min(1, task.done / task.total) : null;
  const until = task.ended_at === null ? now : new Date(task.ended_at).getTime();
  const elapsedS = (until - new Date(task.started_at).getTime()) / 1000;
  const rate = elapsedS >= MEANINGFUL_AFTER_S && task.done > 0 ? task.done / elapsedS : null;
  const left = task.total !== null && rate !== null ? (task.total - task.done) / rate : null;
  return { ratio, rate, remainingS: left !== null && left >= 0 ? left : null };
}

const KINDS = ["recording_download", "seed", "migrate", "audit_verify"] as const;

/** What a task does, in words; a kind this window does not know is shown as it is. */
export function useTaskKind(): (task: Task) => string {
  const { t } = useTranslation("app");
  return (task) => {
    const kind = KINDS.find((known) => known === task.kind);
    return kind ? t(`tasks.kind.${kind}`, { subject: task.subject }) : `${task.kind} ${task.subject}`;
  };
}

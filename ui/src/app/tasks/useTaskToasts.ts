// Says when long work ends, wherever one is by then. Only of work seen running in this window's time.
import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useTasks } from "../../ipc";
import { errorWords } from "../../shared/feedback";
import { useTaskKind } from "./progress";

export function useTaskToasts(): void {
  const { t } = useTranslation(["app", "errors", "shared"]);
  const { t: words } = useTranslation(["errors", "shared"]);
  const { data: tasks } = useTasks();
  const kind = useTaskKind();
  const running = useRef(new Set<string>());
  useEffect(() => {
    for (const task of tasks ?? []) {
      if (task.state === "running" || task.state === "cancelling") {
        running.current.add(task.id);
      } else if (running.current.delete(task.id)) {
        const message = task.problem
          ? errorWords(words, task.problem).title
          : t(`app:tasks.state.${task.state}`);
        notifications.show({
          id: task.id,
          title: kind(task),
          message,
          className: `toast-${task.state}`,
          autoClose: task.state === "failed" ? false : 5000,
        });
      }
    }
  }, [tasks, kind, t, words]);
}

// What the shell tells the page unasked. Each returns the function that stops listening.
import { listen } from "@tauri-apps/api/event";
import type { Health, RungState, Task } from "./types";

function on<P>(event: string, tell: (payload: P) => void): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  listen<P>(event, (message) => tell(message.payload)).then(
    (unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    },
    () => {
      // No shell (a unit test, a plain browser): nothing will be told, and the page reads on its own.
    },
  );
  return () => {
    stopped = true;
    stop?.();
  };
}

export const onHealth = (tell: (health: Health) => void) => on("health_changed", tell);
export const onRung = (tell: (state: RungState) => void) => on("rung_changed", tell);
export const onTask = (tell: (task: Task) => void) => on("task_changed", tell);

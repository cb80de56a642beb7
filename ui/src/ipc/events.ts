// What the shell tells the page unasked. Each returns the function that stops listening.
import { events, type Health, type RungState, type Task } from "./bindings";

type Listen<P> = { listen: (tell: (message: { payload: P }) => void) => Promise<() => void> };

function on<P>(event: Listen<P>, tell: (payload: P) => void): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  event
    .listen((message) => tell(message.payload))
    .then(
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

export const onHealth = (tell: (health: Health) => void) => on(events.healthChanged, tell);
export const onRung = (tell: (state: RungState) => void) => on(events.rungChanged, tell);
export const onTask = (tell: (task: Task) => void) => on(events.taskChanged, tell);

// Where the video is, for everything drawn along it: told about fifteen times a second while it plays, without rendering the page.
import { useSyncExternalStore } from "react";

export class Playhead {
  #seconds = 0;
  #listeners = new Set<() => void>();

  get seconds(): number {
    return this.#seconds;
  }

  set(seconds: number): void {
    if (seconds === this.#seconds) return;
    this.#seconds = seconds;
    for (const tell of this.#listeners) tell();
  }

  subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };
}

/** The playhead in steps: renders only when the step changes. */
export function usePlayhead(playhead: Playhead, step = 1): number {
  return useSyncExternalStore(playhead.subscribe, () => Math.floor(playhead.seconds / step) * step);
}

// A state is a shape and a word, never colour alone: up = disc, warn = diamond, down = square, idle = ring.
import type { ReactNode } from "react";
import type { StoreState } from "../../ipc";

export type Tone = "up" | "warn" | "down" | "idle" | "live" | "mute";

type StateWordProps = { tone: Tone; children: ReactNode; title?: string; className?: string };

export function StateWord({ tone, children, title, className }: StateWordProps) {
  return (
    <span className={`state state-${tone}${className ? ` ${className}` : ""}`} title={title}>
      <span className="cut">{children}</span>
    </span>
  );
}

export const STORE_TONE: Record<StoreState, Tone> = {
  connecting: "idle",
  up: "up",
  degraded: "warn",
  down: "down",
};

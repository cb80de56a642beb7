// A day of a store in 96 marks. Hatch where nobody was watching.
import { useId } from "react";
import type { Slot } from "../../ipc";

const FILL = { up: "var(--up-fill)", degraded: "var(--warn-fill)", down: "var(--down-fill)" } as const;
const OPACITY = { up: 0.55, degraded: 1, down: 1 } as const;

type StateStripProps = { slots: readonly Slot[]; width?: number; height?: number; label: string };

export function StateStrip({ slots, width = 162, height = 18, label }: StateStripProps) {
  const hatch = useId();
  const step = width / slots.length;
  const firstKnown = slots.findIndex((slot) => slot !== null);
  const unknownTo = firstKnown < 0 ? slots.length : firstKnown;
  return (
    <svg className="viz" width={width} height={height} role="img" aria-label={label}>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" stroke="var(--line-strong)" strokeWidth="1" />
        </pattern>
      </defs>
      {unknownTo > 0 && (
        <rect
          x="0.5"
          y="2.5"
          width={unknownTo * step - 1}
          height={height - 5}
          fill={`url(#${hatch})`}
          stroke="var(--line)"
        />
      )}
      {slots.map((slot, at) =>
        at < unknownTo ? null : slot === null || slot === "connecting" ? (
          <rect key={at} x={at * step} y="2" width={step} height={height - 4} fill={`url(#${hatch})`} />
        ) : (
          <rect
            key={at}
            x={at * step + 0.2}
            y={slot === "up" ? 2 : 1}
            width={Math.max(1, step - 0.5)}
            height={slot === "up" ? height - 4 : height - 2}
            fill={FILL[slot]}
            opacity={OPACITY[slot]}
          />
        ),
      )}
    </svg>
  );
}

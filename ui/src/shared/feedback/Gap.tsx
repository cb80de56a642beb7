// What is not known is drawn: a hatch with bounds and the reason in it. Hatch means "not known" and nothing else.
import type { ReactNode } from "react";

type GapProps = { children: ReactNode; height?: number; action?: ReactNode };

export function Gap({ children, height = 74, action }: GapProps) {
  return (
    <div className="hatch gap" style={{ minHeight: height }}>
      <div className="gap-words">
        <span>{children}</span>
        {action}
      </div>
    </div>
  );
}

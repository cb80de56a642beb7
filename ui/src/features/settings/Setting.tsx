// One setting: what it is on the left, its control on the right.
import type { ReactNode } from "react";

export function Setting({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <div className="setting">
      <div className="grow">
        <div className="mid">{title}</div>
        {text && <div className="mut small">{text}</div>}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}

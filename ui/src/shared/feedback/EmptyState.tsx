// Why there is nothing here, and the next step.
import type { ReactNode } from "react";

type EmptyStateProps = { title: string; children?: ReactNode; actions?: ReactNode; drawing?: ReactNode };

export function EmptyState({ title, children, actions, drawing }: EmptyStateProps) {
  return (
    <div className="centred">
      <div className="centred-block" role="status">
        {drawing}
        <h2 className="centred-title">{title}</h2>
        {children && <div className="centred-text">{children}</div>}
        {actions && <div className="centred-actions">{actions}</div>}
      </div>
    </div>
  );
}

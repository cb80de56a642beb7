// Names that lead to their own pages.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export function PersonLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to="/people/$id" params={{ id }} className="quiet-link cut">
      {children}
    </Link>
  );
}

export function MeetingLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to="/meetings/$id" params={{ id }} className="quiet-link cut">
      {children}
    </Link>
  );
}

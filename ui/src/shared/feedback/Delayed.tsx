// Shows its children only once 150 ms have passed: what answers sooner never flickers.
import { type ReactNode, useEffect, useState } from "react";

export const SKELETON_AFTER_MS = 150;

export function Delayed({
  children,
  afterMs = SKELETON_AFTER_MS,
}: {
  children: ReactNode;
  afterMs?: number;
}) {
  const [shown, setShown] = useState(afterMs === 0);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return shown ? children : null;
}

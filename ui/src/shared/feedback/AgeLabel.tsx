// How old something is, ticking, with the exact moment on hover.
import { Tooltip } from "@mantine/core";
import { useFormat } from "../format";
import { useNow } from "../time";

export function AgeLabel({ at, className }: { at: string | number; className?: string }) {
  const format = useFormat();
  const ageMs = Date.now() - new Date(at).getTime();
  // Past a minute the words change once a minute at most: render no oftener.
  const now = useNow(Math.abs(ageMs) > 120_000 ? 30_000 : 1000);
  return (
    <Tooltip label={format.exact(at)}>
      <time className={className ?? "num"} dateTime={format.iso(at)}>
        {format.ago(at, Math.max(now, Date.now()))}
      </time>
    </Tooltip>
  );
}

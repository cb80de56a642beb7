// How long a meeting lasted; of a live one, how long so far, ticking by the minute.
import type { Meeting } from "../../ipc";
import { useFormat } from "../../shared/format";
import { useNow } from "../../shared/time";
import { lasted } from "./words";

const MINUTE_MS = 60_000;

export function Lasted({ meeting }: { meeting: Meeting }) {
  return meeting.live ? <LiveLasted meeting={meeting} /> : <Words seconds={lasted(meeting, Date.now())} />;
}

function LiveLasted({ meeting }: { meeting: Meeting }) {
  const now = useNow(MINUTE_MS);
  return <Words seconds={lasted(meeting, Math.max(now, Date.now()))} />;
}

function Words({ seconds }: { seconds: number | null }) {
  const format = useFormat();
  return <>{format.duration(seconds)}</>;
}

// What wants a person's attention, derived from what was really read: stores that are down or degraded, meetings that run without a
// room, rooms whose numbers differ, codecs the player lacks. Nothing is guessed; what is not known raises no alert.
import { type AppInfo, type Health, type LiveMeetings, STORE_TITLE, type StoreKind } from "../../ipc";

export type Alert = {
  id: string;
  level: "critical" | "warning";
  /** Since when, where known. */
  since: string | null;
} & (
  | { kind: "store_down"; store: StoreKind; title: string; detail: string }
  | { kind: "store_degraded"; store: StoreKind; title: string; detail: string }
  | { kind: "room_missing"; meetingId: string; title: string; people: number }
  | { kind: "codec_missing"; codec: string; package: string }
);

const ROOM_GRACE_MS = 60_000;
const CODECS_NAMED = 4;

export function deriveAlerts(health?: Health, live?: LiveMeetings, info?: AppInfo): Alert[] {
  const alerts: Alert[] = [];
  for (const one of health?.stores ?? []) {
    if (one.state !== "down" && one.state !== "degraded") continue;
    alerts.push({
      id: `${one.store}:${one.state}`,
      kind: one.state === "down" ? "store_down" : "store_degraded",
      level: one.state === "down" ? "critical" : "warning",
      since: one.since,
      store: one.store,
      title: STORE_TITLE[one.store],
      detail: one.problem?.message ?? one.detail ?? "",
    });
  }
  if (live?.rooms_known) {
    for (const { meeting, in_room, present } of live.items) {
      const youngerThanGrace =
        new Date(live.as_of).getTime() - new Date(meeting.start_time).getTime() < ROOM_GRACE_MS;
      if (in_room !== null || present === 0 || youngerThanGrace) continue;
      alerts.push({
        id: `room:${meeting.id}`,
        kind: "room_missing",
        level: "warning",
        since: null,
        meetingId: meeting.id,
        title: meeting.title,
        people: present,
      });
    }
  }
  for (const { codec, package: name } of info?.missing_codecs.slice(0, CODECS_NAMED) ?? []) {
    alerts.push({
      id: `codec:${codec}`,
      kind: "codec_missing",
      level: "warning",
      since: null,
      codec,
      package: name,
    });
  }
  return alerts.sort((a, b) => Number(b.level === "critical") - Number(a.level === "critical"));
}

// All that the desk shows beside the video, on the recording's clock, and which of it could not be read.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Recording } from "../../ipc";
import { usePreference } from "../../ipc";
import { recordingClock, type Shift, withShift } from "./clock";
import { deskEvents } from "./events";
import { deskQueries } from "./queries";

const NO_SHIFTS: Shift[] = [];

export function useShift(id: string): [number, (seconds: number) => void] {
  const [shifts, keep] = usePreference<Shift[]>("player.shifts", NO_SHIFTS);
  const shift = shifts.find((one) => one.id === id)?.s ?? 0;
  return [shift, (s) => keep(withShift(shifts, { id, s: Math.round(s * 100) / 100 }))];
}

export function useDesk(recording: Recording, duration: number, shift: number) {
  const queries = deskQueries(recording.meeting_id);
  const chat = useQuery(queries.chat);
  const logs = useQuery(queries.logs);
  const people = useQuery(queries.people);
  const results = useQuery(queries.emotions);
  const clock = useMemo(() => recordingClock(recording), [recording]);
  const start = clock.start === null ? null : clock.start + shift * 1000;
  const found = useMemo(
    () =>
      start === null
        ? { events: [], outside: 0 }
        : deskEvents(
            {
              chat: chat.data?.items ?? [],
              results: results.data?.items ?? [],
              people: people.data?.items ?? [],
              logs: logs.data?.items ?? [],
            },
            start,
            Number.isFinite(duration) && duration > 0 ? duration : Number.POSITIVE_INFINITY,
          ),
    [start, duration, chat.data, results.data, people.data, logs.data],
  );
  return {
    ...found,
    basis: clock.basis,
    start,
    people: people.data?.items ?? [],
    missing: {
      chat: chat.isError && chat.data === undefined,
      emotion: results.isError && results.data === undefined,
      people: people.isError && people.data === undefined,
      log: logs.isError && logs.data === undefined,
    },
    reading: chat.isPending || logs.isPending || people.isPending || results.isPending,
    cut: {
      chat: chat.data?.next != null,
      emotion: results.data?.truncated === true,
      log: logs.data?.truncated === true,
    },
  };
}

export type DeskData = ReturnType<typeof useDesk>;

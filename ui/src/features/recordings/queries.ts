// What the recording screens read. The desk reads its meeting's chat, logs, people and AI results once: a recording is over.
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../ipc";

export const recordingQuery = (id: string) =>
  queryOptions({ queryKey: ["recording", id], queryFn: () => api.recordingGet(id) });
/** The address in it expires: asked for again when it no longer works, not by age. */
export const playbackQuery = (id: string) =>
  queryOptions({
    queryKey: ["recording", id, "open"],
    queryFn: () => api.recordingOpen(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

const CHAT_AT_MOST = 1000;
const once = { staleTime: 60_000 } as const;
export const deskQueries = (meeting: string) => ({
  chat: queryOptions({
    queryKey: ["desk", meeting, "chat"],
    queryFn: () => api.meetingChat(meeting, { after: null, limit: CHAT_AT_MOST }),
    ...once,
  }),
  logs: queryOptions({
    queryKey: ["desk", meeting, "logs"],
    queryFn: () => api.meetingLogs(meeting),
    ...once,
  }),
  people: queryOptions({
    queryKey: ["desk", meeting, "people"],
    queryFn: () => api.meetingParticipants(meeting),
    ...once,
  }),
  emotions: queryOptions({
    queryKey: ["desk", meeting, "emotions"],
    queryFn: () => api.meetingAiResults(meeting),
    ...once,
  }),
});

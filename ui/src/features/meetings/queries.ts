// What the meeting screens read: one query per part, so that each has its own loading, failure and age.
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../ipc";

/** A live meeting's parts are read again at this pace while they are looked at. */
export const LIVE_MS = 10_000;
const every = (live: boolean) => (live ? LIVE_MS : false);

export const meetingQuery = (id: string) =>
  queryOptions({
    queryKey: ["meeting", id],
    queryFn: () => api.meetingGet(id),
    refetchInterval: (query) => every(query.state.data?.live ?? false),
  });
const part = <T>(name: string, id: string, read: (id: string) => Promise<T>, live: boolean) =>
  queryOptions({
    queryKey: ["meeting", id, name],
    queryFn: () => read(id),
    refetchInterval: every(live),
  });

export const participantsQuery = (id: string, live: boolean) =>
  part("participants", id, api.meetingParticipants, live);
export const streamsQuery = (id: string, live: boolean) => part("streams", id, api.meetingStreams, live);
export const roomQuery = (id: string, live: boolean) => part("room", id, api.meetingRoom, live);
export const aiResultsQuery = (id: string, live: boolean) =>
  part("ai_results", id, api.meetingAiResults, live);
export const analysisQuery = (id: string) => part("analysis", id, api.meetingAnalysis, false);
export const documentsQuery = (id: string) => part("documents", id, api.meetingDocuments, false);
export const recordingsQuery = (id: string, live: boolean) =>
  part("recordings", id, api.meetingRecordings, live);
export const logsQuery = (id: string, live: boolean) => part("logs", id, api.meetingLogs, live);

/** As many messages as one page may hold: what the histogram is drawn from. */
export const CHAT_DRAWN = 1000;
export const chatQuery = (id: string, live: boolean) =>
  part("chat", id, (meeting) => api.meetingChat(meeting, { after: null, limit: CHAT_DRAWN }), live);

// Every command of the shell, typed, thrown errors turned into ApiFailure. One name per command, in camel case.
// It does not cache (that is TanStack Query's, in queries beside each feature) and does not retry.
import { invoke } from "@tauri-apps/api/core";
import { toFailure } from "./failure";
import type * as T from "./types";

async function call<R>(command: string, args?: Record<string, unknown>): Promise<R> {
  try {
    return await invoke<R>(command, args);
  } catch (thrown) {
    throw toFailure(thrown);
  }
}

export const api = {
  appInfo: () => call<T.AppInfo>("app_info"),
  pagePainted: (what: string) => call<null>("page_painted", { what }),
  windowOpen: (route: string) => call<null>("window_open", { route }),

  preferenceAll: () => call<T.Preference[]>("preference_all"),
  preferencePut: (key: string, value: unknown) => call<null>("preference_put", { key, value }),

  profileList: () => call<T.ProfileSummary[]>("profile_list"),
  profileOpen: (name: string) => call<T.ProfileSummary>("profile_open", { name }),
  profileGet: (name: string) => call<T.Profile>("profile_get", { name }),
  profileSave: (profile: T.Profile, secrets: T.SecretInput[], passphrase: string | null) =>
    call<T.ProfileSummary>("profile_save", { profile, secrets, passphrase }),
  profileDelete: (name: string) => call<null>("profile_delete", { name }),
  profileTest: (profile: T.Profile, secrets: T.SecretInput[], passphrase: string | null) =>
    call<T.Health>("profile_test", { profile, secrets, passphrase }),
  secretStatus: (name: string) => call<T.SecretStatus[]>("secret_status", { name }),
  vaultUnlock: (passphrase: string) => call<null>("vault_unlock", { passphrase }),

  healthGet: () => call<T.Health>("health_get"),
  rungGet: () => call<T.RungState>("rung_get"),
  rungSet: (rung: T.Rung) => call<T.RungState>("rung_set", { rung }),
  overviewGet: (span: T.OverviewSpan) => call<T.Overview>("overview_get", { span }),

  userList: (request: T.UserListRequest) => call<T.Page<T.User>>("user_list", { request }),
  userCount: (filter: T.UserFilter) => call<T.Total>("user_count", { filter }),
  userGet: (id: string) => call<T.User>("user_get", { id }),
  userPermissions: (id: string) => call<T.Bounded<T.Permission>>("user_permissions", { id }),
  userMeetings: (id: string, page: T.PageRequest) =>
    call<T.Page<T.Attendance>>("user_meetings", { id, page }),
  userSessions: (id: string) => call<T.SessionList>("user_sessions", { id }),
  userAvatar: (id: string) => call<string | null>("user_avatar", { id }),
  userSetStatus: (request: T.UserStatusRequest) => call<T.User>("user_set_status", { request }),

  meetingList: (request: T.MeetingListRequest) => call<T.Page<T.Meeting>>("meeting_list", { request }),
  meetingCount: (filter: T.MeetingFilter) => call<T.Total>("meeting_count", { filter }),
  meetingGet: (id: string) => call<T.Meeting>("meeting_get", { id }),
  meetingLive: () => call<T.LiveMeetings>("meeting_live"),
  meetingParticipants: (id: string) => call<T.Bounded<T.Participant>>("meeting_participants", { id }),
  meetingStreams: (id: string) => call<T.Bounded<T.MediaStream>>("meeting_streams", { id }),
  meetingRoom: (id: string) => call<T.RoomState>("meeting_room", { id }),
  meetingChat: (id: string, page: T.PageRequest) => call<T.Page<T.ChatMessage>>("meeting_chat", { id, page }),
  meetingAiResults: (id: string) => call<T.Bounded<T.AiResult>>("meeting_ai_results", { id }),
  meetingAnalysis: (id: string) => call<T.Bounded<T.AnalysisSummary>>("meeting_analysis", { id }),
  meetingDocuments: (id: string) => call<T.Bounded<T.StoredObject>>("meeting_documents", { id }),
  meetingRecordings: (id: string) => call<T.Bounded<T.Recording>>("meeting_recordings", { id }),
  meetingLogs: (id: string) => call<T.Bounded<T.LogLine>>("meeting_logs", { id }),

  recordingList: (request: T.RecordingListRequest) =>
    call<T.Page<T.Recording>>("recording_list", { request }),
  recordingCount: (filter: T.RecordingFilter) => call<T.Total>("recording_count", { filter }),
  recordingGet: (id: string) => call<T.Recording>("recording_get", { id }),
  recordingOpen: (id: string) => call<T.Playback>("recording_open", { id }),
  recordingThumbnail: (id: string) => call<string | null>("recording_thumbnail", { id }),
  recordingDownload: (id: string, toPath: string | null) =>
    call<T.Task>("recording_download", { id, toPath }),
  recordingOpenOutside: (id: string) => call<null>("recording_open_outside", { id }),

  search: (text: string) => call<T.SearchFindings>("search", { text }),

  auditList: (request: T.AuditListRequest) => call<T.Page<T.AuditEntry>>("audit_list", { request }),
  auditGet: (seq: string) => call<T.AuditEntry>("audit_get", { seq }),
  auditVerify: () => call<T.AuditVerification>("audit_verify"),

  taskList: () => call<T.Task[]>("task_list"),
  taskCancel: (id: string) => call<null>("task_cancel", { id }),
};

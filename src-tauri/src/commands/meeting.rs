//! Meetings, and each part of a meeting's page on its own.

use greenroom_domain::ApiError;
use greenroom_domain::id::{MeetingId};
use greenroom_domain::meeting::{AiResult, AnalysisSummary, Bounded, ChatMessage, LiveMeetings, LogLine, MediaStream, Meeting, MeetingFilter, MeetingListRequest, Participant, RoomState, StoredObject};
use greenroom_domain::page::{Page, PageRequest, Total};
use greenroom_domain::recording::{Recording};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// Lists meetings, one page.
#[tauri::command]
#[specta::specta]
pub async fn meeting_list(app: State<'_, Greenroom>, request: MeetingListRequest) -> Result<Page<Meeting>, ApiError> {
    let _ = app;
    drop((request,));
    Err(not_yet())
}

/// How many meetings a filter matches.
#[tauri::command]
#[specta::specta]
pub async fn meeting_count(app: State<'_, Greenroom>, filter: MeetingFilter) -> Result<Total, ApiError> {
    let _ = app;
    drop((filter,));
    Err(not_yet())
}

/// One meeting.
#[tauri::command]
#[specta::specta]
pub async fn meeting_get(app: State<'_, Greenroom>, id: MeetingId) -> Result<Meeting, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// The running meetings with what Redis says of their rooms.
#[tauri::command]
#[specta::specta]
pub async fn meeting_live(app: State<'_, Greenroom>) -> Result<LiveMeetings, ApiError> {
    let _ = app;
    Err(not_yet())
}

/// Who took part, with joins and leaves.
#[tauri::command]
#[specta::specta]
pub async fn meeting_participants(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<Participant>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Its media streams.
#[tauri::command]
#[specta::specta]
pub async fn meeting_streams(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<MediaStream>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Its room now.
#[tauri::command]
#[specta::specta]
pub async fn meeting_room(app: State<'_, Greenroom>, id: MeetingId) -> Result<RoomState, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Its chat, oldest first, one page.
#[tauri::command]
#[specta::specta]
pub async fn meeting_chat(app: State<'_, Greenroom>, id: MeetingId, page: PageRequest) -> Result<Page<ChatMessage>, ApiError> {
    let _ = app;
    drop((id, page,));
    Err(not_yet())
}

/// What AI said of it.
#[tauri::command]
#[specta::specta]
pub async fn meeting_ai_results(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<AiResult>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Roll-ups of what AI said of it.
#[tauri::command]
#[specta::specta]
pub async fn meeting_analysis(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<AnalysisSummary>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Its documents in S3.
#[tauri::command]
#[specta::specta]
pub async fn meeting_documents(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<StoredObject>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Its recordings.
#[tauri::command]
#[specta::specta]
pub async fn meeting_recordings(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<Recording>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Its lines in the platform's logs, newest first.
#[tauri::command]
#[specta::specta]
pub async fn meeting_logs(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<LogLine>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

//! Meetings, and each part of a meeting's page on its own.

use greenroom_domain::ApiError;
use greenroom_domain::id::MeetingId;
use greenroom_domain::meeting::{
    AiResult, AnalysisSummary, Bounded, ChatMessage, LiveMeetings, LogLine, MediaStream, Meeting, MeetingFilter,
    MeetingListRequest, Participant, RoomState, StoredObject,
};
use greenroom_domain::page::{Page, PageRequest, Total};
use greenroom_domain::recording::Recording;
use greenroom_operations::meetings;
use tauri::State;

use crate::Greenroom;

/// Lists meetings, one page.
#[tauri::command]
#[specta::specta]
pub async fn meeting_list(app: State<'_, Greenroom>, request: MeetingListRequest) -> Result<Page<Meeting>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::list(&open.stores, &open.access.caller(), request))
        .await
}

/// How many meetings a filter matches.
#[tauri::command]
#[specta::specta]
pub async fn meeting_count(app: State<'_, Greenroom>, filter: MeetingFilter) -> Result<Total, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::count(&open.stores, &open.access.caller(), filter))
        .await
}

/// One meeting.
#[tauri::command]
#[specta::specta]
pub async fn meeting_get(app: State<'_, Greenroom>, id: MeetingId) -> Result<Meeting, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::get(&open.stores, &open.access.caller(), id)).await
}

/// The running meetings with what Redis says of their rooms.
#[tauri::command]
#[specta::specta]
pub async fn meeting_live(app: State<'_, Greenroom>) -> Result<LiveMeetings, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::live(&open.stores, &open.access.caller())).await
}

/// Who took part, with joins and leaves.
#[tauri::command]
#[specta::specta]
pub async fn meeting_participants(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<Participant>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::participants(&open.stores, &open.access.caller(), id))
        .await
}

/// Its media streams.
#[tauri::command]
#[specta::specta]
pub async fn meeting_streams(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<MediaStream>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::streams(&open.stores, &open.access.caller(), id))
        .await
}

/// Its room now.
#[tauri::command]
#[specta::specta]
pub async fn meeting_room(app: State<'_, Greenroom>, id: MeetingId) -> Result<RoomState, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::room(&open.stores, &open.access.caller(), id)).await
}

/// Its chat, oldest first, one page.
#[tauri::command]
#[specta::specta]
pub async fn meeting_chat(
    app: State<'_, Greenroom>,
    id: MeetingId,
    page: PageRequest,
) -> Result<Page<ChatMessage>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::chat(&open.stores, &open.access.caller(), id, page))
        .await
}

/// What AI said of it.
#[tauri::command]
#[specta::specta]
pub async fn meeting_ai_results(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<AiResult>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::ai_results(&open.stores, &open.access.caller(), id))
        .await
}

/// Roll-ups of what AI said of it.
#[tauri::command]
#[specta::specta]
pub async fn meeting_analysis(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<AnalysisSummary>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::analysis(&open.stores, &open.access.caller(), id))
        .await
}

/// Its documents in S3.
#[tauri::command]
#[specta::specta]
pub async fn meeting_documents(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<StoredObject>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::documents(&open.stores, &open.access.caller(), id))
        .await
}

/// Its recordings.
#[tauri::command]
#[specta::specta]
pub async fn meeting_recordings(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<Recording>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::recordings(&open.stores, &open.access.caller(), id))
        .await
}

/// Its lines in the platform's logs, newest first.
#[tauri::command]
#[specta::specta]
pub async fn meeting_logs(app: State<'_, Greenroom>, id: MeetingId) -> Result<Bounded<LogLine>, ApiError> {
    let open = app.open().await?;
    open.ask(meetings::logs(&open.stores, &open.access.caller(), id)).await
}

//! Recordings: rows, playing, taking a copy.

use greenroom_domain::ApiError;
use greenroom_domain::id::{RecordingId};
use greenroom_domain::page::{Page, Total};
use greenroom_domain::recording::{Playback, Recording, RecordingFilter, RecordingListRequest};
use greenroom_domain::task::{Task};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// Lists recordings, one page.
#[tauri::command]
#[specta::specta]
pub async fn recording_list(app: State<'_, Greenroom>, request: RecordingListRequest) -> Result<Page<Recording>, ApiError> {
    let _ = app;
    drop((request,));
    Err(not_yet())
}

/// How many recordings a filter matches.
#[tauri::command]
#[specta::specta]
pub async fn recording_count(app: State<'_, Greenroom>, filter: RecordingFilter) -> Result<Total, ApiError> {
    let _ = app;
    drop((filter,));
    Err(not_yet())
}

/// One recording.
#[tauri::command]
#[specta::specta]
pub async fn recording_get(app: State<'_, Greenroom>, id: RecordingId) -> Result<Recording, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// What playing it needs: a loopback address, or what stands in the way.
#[tauri::command]
#[specta::specta]
pub async fn recording_open(app: State<'_, Greenroom>, id: RecordingId) -> Result<Playback, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// A loopback address of a JPEG from it; `None` where none can be made.
#[tauri::command]
#[specta::specta]
pub async fn recording_thumbnail(app: State<'_, Greenroom>, id: RecordingId) -> Result<Option<String>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Copies it to a file: to `to_path`, or where the person says. `None`: they closed the dialog.
#[tauri::command]
#[specta::specta]
pub async fn recording_download(app: State<'_, Greenroom>, id: RecordingId, to_path: Option<String>) -> Result<Option<Task>, ApiError> {
    let _ = app;
    drop((id, to_path,));
    Err(not_yet())
}

/// Copies it to the cache and opens it with the system's player.
#[tauri::command]
#[specta::specta]
pub async fn recording_open_outside(app: State<'_, Greenroom>, id: RecordingId) -> Result<Task, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

//! Long work: what the task centre shows.

use greenroom_domain::ApiError;
use greenroom_domain::task::{Task};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// What runs and what ended lately, newest first.
#[tauri::command]
#[specta::specta]
pub async fn task_list(app: State<'_, Greenroom>) -> Result<Vec<Task>, ApiError> {
    let _ = app;
    Err(not_yet())
}

/// Asks a task to stop.
#[tauri::command]
#[specta::specta]
pub async fn task_cancel(app: State<'_, Greenroom>, id: String) -> Result<(), ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

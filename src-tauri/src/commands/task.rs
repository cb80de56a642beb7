//! Long work: what the task centre shows.

use greenroom_domain::task::Task;
use greenroom_domain::{ApiError, ErrorCode};
use tauri::State;

use crate::{Greenroom, failure};

/// What runs and what ended lately, newest first.
#[tauri::command]
#[specta::specta]
pub async fn task_list(app: State<'_, Greenroom>) -> Result<Vec<Task>, ApiError> {
    Ok(app.tasks().list())
}

/// Asks a task to stop.
#[tauri::command]
#[specta::specta]
pub async fn task_cancel(app: State<'_, Greenroom>, id: String) -> Result<(), ApiError> {
    let found = app.tasks().cancel(&id);
    found
        .map(|_| ())
        .ok_or_else(|| failure::own(ErrorCode::NotFound, format!("there is no task {id:?}")))
}

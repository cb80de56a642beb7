//! Windows of our own, and when they painted.

use greenroom_domain::ApiError;
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// Opens another window at a route.
#[tauri::command]
#[specta::specta]
pub async fn window_open(app: State<'_, Greenroom>, route: String) -> Result<(), ApiError> {
    let _ = app;
    drop((route,));
    Err(not_yet())
}

/// Notes that the page has painted `what`, and how long after the process began.
#[tauri::command]
#[specta::specta]
pub async fn page_painted(app: State<'_, Greenroom>, what: String) -> Result<(), ApiError> {
    let _ = app;
    drop((what,));
    Err(not_yet())
}

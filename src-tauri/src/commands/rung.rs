//! The safety rung: look only, or change things.

use greenroom_domain::ApiError;
use greenroom_domain::access::{Rung, RungState};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// Where we stand.
#[tauri::command]
#[specta::specta]
pub async fn rung_get(app: State<'_, Greenroom>) -> Result<RungState, ApiError> {
    let _ = app;
    Err(not_yet())
}

/// Climbs or descends.
#[tauri::command]
#[specta::specta]
pub async fn rung_set(app: State<'_, Greenroom>, rung: Rung) -> Result<RungState, ApiError> {
    let _ = app;
    drop((rung,));
    Err(not_yet())
}

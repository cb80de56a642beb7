//! The safety rung: look only, or change things.

use greenroom_domain::ApiError;
use greenroom_domain::access::{Rung, RungState};
use tauri::State;

use crate::Greenroom;
use crate::greenroom::Told;

/// Where we stand.
#[tauri::command]
#[specta::specta]
pub async fn rung_get(app: State<'_, Greenroom>) -> Result<RungState, ApiError> {
    Ok(app.open().await?.access.state())
}

/// Climbs or descends, for every window.
#[tauri::command]
#[specta::specta]
pub async fn rung_set(app: State<'_, Greenroom>, rung: Rung) -> Result<RungState, ApiError> {
    let state = app.open().await?.access.set_rung(rung)?;
    app.tell(Told::Rung(state.clone()));
    Ok(state)
}

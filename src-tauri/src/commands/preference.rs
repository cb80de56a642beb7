//! What the window remembers: small JSON values by key.

use greenroom_domain::ApiError;
use greenroom_domain::value::{Json};
use greenroom_domain::preference::Preference;
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// Everything remembered.
#[tauri::command]
#[specta::specta]
pub async fn preference_all(app: State<'_, Greenroom>) -> Result<Vec<Preference>, ApiError> {
    let _ = app;
    Err(not_yet())
}

/// Remembers a value, or forgets the key where there is none.
#[tauri::command]
#[specta::specta]
pub async fn preference_put(app: State<'_, Greenroom>, key: String, value: Option<Json>) -> Result<(), ApiError> {
    let _ = app;
    drop((key, value,));
    Err(not_yet())
}

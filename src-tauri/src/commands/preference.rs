//! What the window remembers: small JSON values by key.

use greenroom_domain::preference::Preference;
use greenroom_domain::{ApiError, Json};
use greenroom_operations::Error;
use tauri::State;

use crate::Greenroom;

/// Everything remembered.
#[tauri::command]
#[specta::specta]
pub async fn preference_all(app: State<'_, Greenroom>) -> Result<Vec<Preference>, ApiError> {
    Ok(app.preferences().all())
}

/// Remembers a value, or forgets the key where there is none. On disk when this returns.
#[tauri::command]
#[specta::specta]
pub async fn preference_put(app: State<'_, Greenroom>, key: String, value: Option<Json>) -> Result<(), ApiError> {
    Ok(app
        .preferences()
        .put(&key, value.map(|Json(value)| value))
        .await
        .map_err(Error::from)?)
}

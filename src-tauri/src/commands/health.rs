//! How the five stores are.

use greenroom_domain::ApiError;
use greenroom_domain::health::Health;
use tauri::State;

use crate::Greenroom;

/// How each store is just now. Asks no store: the last probe's answer.
#[tauri::command]
#[specta::specta]
pub async fn health_get(app: State<'_, Greenroom>) -> Result<Health, ApiError> {
    Ok(app.open().await?.stores.health())
}

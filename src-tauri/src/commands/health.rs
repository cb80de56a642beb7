//! How the five stores are.

use greenroom_domain::ApiError;
use greenroom_domain::health::{Health};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// How each store is just now.
#[tauri::command]
#[specta::specta]
pub async fn health_get(app: State<'_, Greenroom>) -> Result<Health, ApiError> {
    let _ = app;
    Err(not_yet())
}

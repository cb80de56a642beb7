//! What the palette finds.

use greenroom_domain::ApiError;
use greenroom_domain::search::{SearchFindings};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// A few people, meetings and recordings for a text or an id.
#[tauri::command]
#[specta::specta]
pub async fn search(app: State<'_, Greenroom>, text: String) -> Result<SearchFindings, ApiError> {
    let _ = app;
    drop((text,));
    Err(not_yet())
}

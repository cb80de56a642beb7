//! What the palette finds.

use greenroom_domain::ApiError;
use greenroom_domain::search::SearchFindings;
use greenroom_operations::search;
use tauri::State;

use crate::Greenroom;

/// A few people, meetings and recordings for a text or an id.
#[tauri::command]
#[specta::specta]
pub async fn search(app: State<'_, Greenroom>, text: String) -> Result<SearchFindings, ApiError> {
    let open = app.open().await?;
    open.ask(search::search(&open.stores, &open.access.caller(), text))
        .await
}

//! The overview's figures.

use greenroom_domain::ApiError;
use greenroom_domain::overview::{Overview, OverviewSpan};
use greenroom_operations::overview;
use tauri::State;

use crate::Greenroom;

/// The figures over a span.
#[tauri::command]
#[specta::specta]
pub async fn overview_get(app: State<'_, Greenroom>, span: OverviewSpan) -> Result<Overview, ApiError> {
    let open = app.open().await?;
    open.ask(overview::get(&open.stores, &open.access.caller(), span)).await
}

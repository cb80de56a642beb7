//! The overview's figures.

use greenroom_domain::ApiError;
use greenroom_domain::overview::{Overview, OverviewSpan};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// The figures over a span.
#[tauri::command]
#[specta::specta]
pub async fn overview_get(app: State<'_, Greenroom>, span: OverviewSpan) -> Result<Overview, ApiError> {
    let _ = app;
    drop((span,));
    Err(not_yet())
}

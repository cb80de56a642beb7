//! Windows of our own, and when they painted.

use std::io::Write;

use greenroom_domain::ApiError;
use tauri::{AppHandle, Runtime};

use crate::{started, windows};

/// Opens another window at a route.
#[tauri::command]
#[specta::specta]
pub async fn window_open<R: Runtime>(app: AppHandle<R>, route: String) -> Result<(), ApiError> {
    windows::open_view(&app, &route).map(|_| ())
}

/// Notes that the page has painted `what`, and how long after the process began. With `GREENROOM_TRACE_START=1` also on
/// stdout, for the bench.
#[tauri::command]
#[specta::specta]
pub async fn page_painted(what: String) -> Result<(), ApiError> {
    let after_ms = started::elapsed().as_millis();
    let what: String = what.chars().filter(|c| !c.is_control()).take(64).collect();
    tracing::info!(what, after_ms, "greenroom painted what={what} after_ms={after_ms}");
    if std::env::var_os("GREENROOM_TRACE_START").is_some_and(|value| value == "1") {
        // A bench that has stopped listening is no failure of the window's.
        let _ = writeln!(std::io::stdout(), "greenroom painted what={what} after_ms={after_ms}");
    }
    Ok(())
}

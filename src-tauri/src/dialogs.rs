//! What the system shows for us: its save dialog, its player. Called from Rust only; the page has no permission for either.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

/// Asks where to save, proposing `name` in the person's downloads. `None`: they closed the dialog.
pub async fn ask_where_to_save<R: Runtime>(app: &AppHandle<R>, name: &str) -> Option<PathBuf> {
    let (answer, answered) = tokio::sync::oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(move |chosen| {
        // The command may have been dropped meanwhile; then nobody wants the answer.
        let _ = answer.send(chosen);
    });
    answered.await.ok()?.and_then(|chosen| chosen.into_path().ok())
}

/// Opens a file with the program the system has for it.
///
/// # Errors
/// Where there is none.
pub fn open_outside<R: Runtime>(app: &AppHandle<R>, path: &Path) -> Result<(), tauri_plugin_opener::Error> {
    app.opener().open_path(path.to_string_lossy(), None::<&str>)
}

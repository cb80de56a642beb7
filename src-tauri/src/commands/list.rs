//! What the page takes out of a list: text it made of rows it holds, to a file of the person's choice. It reads no store.

use greenroom_domain::{ApiError, ErrorCode};
use tauri::{AppHandle, Runtime};

use crate::{dialogs, failure};

/// The longest text taken: far more than ten thousand rows make.
const MAX_TEXT_BYTES: usize = 64 << 20;

/// Saves `text` where the person says, proposing `name`; the path it went to. `None`: they closed the dialog.
#[tauri::command]
#[specta::specta]
pub async fn list_save<R: Runtime>(
    handle: AppHandle<R>,
    name: String,
    text: String,
) -> Result<Option<String>, ApiError> {
    if text.len() > MAX_TEXT_BYTES {
        let message = format!(
            "{} bytes are more than the {MAX_TEXT_BYTES} a list is saved with",
            text.len()
        );
        return Err(failure::own(ErrorCode::InvalidRequest, message));
    }
    // Only a name is proposed; the folder is the person's.
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '/' | '\\' | '\0'))
        .take(120)
        .collect();
    let Some(path) = dialogs::ask_where_to_save(&handle, &name).await else {
        return Ok(None);
    };
    match tokio::fs::write(&path, text).await {
        Ok(()) => Ok(Some(path.display().to_string())),
        Err(error) => {
            let message = format!("{} was not written: {error}", path.display());
            Err(failure::own(ErrorCode::LocalFile, message))
        }
    }
}

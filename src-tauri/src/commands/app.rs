//! What the page must know about the program and this machine; no data of any store.

use greenroom_domain::ApiError;
use greenroom_domain::profile::ProfileSummary;
use serde::{Deserialize, Serialize};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// What the page must know before it asks for anything.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct AppInfo {
    /// Our version.
    pub version: String,
    /// The operating system's user: the actor of every audited change.
    pub os_user: String,
    /// This machine.
    pub host: String,
    /// Where our own logs are.
    pub log_dir: String,
    /// The open profile.
    pub profile: Option<ProfileSummary>,
    /// What this machine cannot play, and what to install.
    pub missing_codecs: Vec<MissingCodec>,
    /// No profile exists and no local stack runs: the page shows its first steps.
    pub first_run: bool,
}

/// A codec that recordings use and this machine lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MissingCodec {
    /// `H.264`, `AAC`, …
    pub codec: String,
    /// The package that brings it, on Debian and Ubuntu.
    pub package: String,
}

/// What this program is, where it runs, and which profile is open.
#[tauri::command]
#[specta::specta]
pub async fn app_info(app: State<'_, Greenroom>) -> Result<AppInfo, ApiError> {
    let _ = app;
    Err(not_yet())
}

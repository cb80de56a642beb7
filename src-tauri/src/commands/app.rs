//! What the page must know about the program and this machine; no data of any store.

use greenroom_domain::ApiError;
use greenroom_domain::profile::ProfileSummary;
use greenroom_operations::access::actor;
use greenroom_operations::playback::codecs;
use serde::{Deserialize, Serialize};
use tauri::State;

use crate::{Greenroom, startup};

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
    /// Why the profile that was asked for could not be opened.
    pub problem: Option<ApiError>,
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

impl From<codecs::Element> for MissingCodec {
    fn from(element: codecs::Element) -> Self {
        Self {
            codec: element.codec.to_owned(),
            package: element.package.to_owned(),
        }
    }
}

/// What this program is, where it runs, and which profile is open. Waits while a profile is being opened.
#[tauri::command]
#[specta::specta]
pub async fn app_info(app: State<'_, Greenroom>) -> Result<AppInfo, ApiError> {
    let (open, problem) = app.look().await;
    let us = actor("", "desktop");
    let first_run = open.is_none() && problem.is_none() && startup::nothing_to_open(&app);
    Ok(AppInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        os_user: us.os_user,
        host: us.host,
        log_dir: app.places().logs().display().to_string(),
        profile: open.map(|open| open.summary().clone()),
        problem,
        missing_codecs: codecs::missing_everyday().into_iter().map(MissingCodec::from).collect(),
        first_run,
    })
}

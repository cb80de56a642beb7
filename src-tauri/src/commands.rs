//! The typed commands: one list feeds the invoke handler and the page's TypeScript.
//!
//! A command parses, authorises, calls one use case and converts the error. Nothing is decided here.

pub mod app;
pub mod audit;
pub mod health;
pub mod list;
pub mod meeting;
pub mod overview;
pub mod preference;
pub mod profile;
pub mod recording;
pub mod rung;
pub mod search;
pub mod task;
pub mod user;
pub mod window;

use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::events::{HealthChanged, RungChanged, TaskChanged};

/// Every command and event.
#[must_use]
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::new()
        .error_handling(ErrorHandlingMode::Throw)
        // One TypeScript type for each of ours: what we send and what we take have the same shape.
        .disable_serde_phases()
        .commands(collect_commands![
            app::app_info,
            preference::preference_all,
            preference::preference_put,
            profile::profile_list,
            profile::profile_open,
            profile::profile_get,
            profile::profile_save,
            profile::profile_delete,
            profile::profile_test,
            profile::secret_status,
            profile::vault_unlock,
            health::health_get,
            rung::rung_get,
            rung::rung_set,
            overview::overview_get,
            user::user_list,
            user::user_count,
            user::user_get,
            user::user_permissions,
            user::user_meetings,
            user::user_sessions,
            user::user_avatar,
            user::user_set_status,
            meeting::meeting_list,
            meeting::meeting_count,
            meeting::meeting_get,
            meeting::meeting_live,
            meeting::meeting_participants,
            meeting::meeting_streams,
            meeting::meeting_room,
            meeting::meeting_chat,
            meeting::meeting_ai_results,
            meeting::meeting_analysis,
            meeting::meeting_documents,
            meeting::meeting_recordings,
            meeting::meeting_logs,
            recording::recording_list,
            recording::recording_count,
            recording::recording_get,
            recording::recording_open,
            recording::recording_thumbnail,
            recording::recording_download::<tauri::Wry>,
            recording::recording_open_outside::<tauri::Wry>,
            search::search,
            audit::audit_list,
            audit::audit_get,
            audit::audit_verify,
            list::list_save::<tauri::Wry>,
            task::task_list,
            task::task_cancel,
            window::window_open::<tauri::Wry>,
            window::page_painted,
        ])
        .events(collect_events![HealthChanged, RungChanged, TaskChanged])
}

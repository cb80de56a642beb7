//! People.

use greenroom_domain::ApiError;
use greenroom_domain::id::{UserId};
use greenroom_domain::meeting::{Bounded};
use greenroom_domain::page::{Page, PageRequest, Total};
use greenroom_domain::user::{Attendance, Permission, SessionList, User, UserFilter, UserListRequest, UserStatusRequest};
use tauri::State;

use super::not_yet;
use crate::Greenroom;

/// Lists people, one page.
#[tauri::command]
#[specta::specta]
pub async fn user_list(app: State<'_, Greenroom>, request: UserListRequest) -> Result<Page<User>, ApiError> {
    let _ = app;
    drop((request,));
    Err(not_yet())
}

/// How many people a filter matches.
#[tauri::command]
#[specta::specta]
pub async fn user_count(app: State<'_, Greenroom>, filter: UserFilter) -> Result<Total, ApiError> {
    let _ = app;
    drop((filter,));
    Err(not_yet())
}

/// One person.
#[tauri::command]
#[specta::specta]
pub async fn user_get(app: State<'_, Greenroom>, id: UserId) -> Result<User, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// What they may do.
#[tauri::command]
#[specta::specta]
pub async fn user_permissions(app: State<'_, Greenroom>, id: UserId) -> Result<Bounded<Permission>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Meetings they took part in, newest first, one page.
#[tauri::command]
#[specta::specta]
pub async fn user_meetings(app: State<'_, Greenroom>, id: UserId, page: PageRequest) -> Result<Page<Attendance>, ApiError> {
    let _ = app;
    drop((id, page,));
    Err(not_yet())
}

/// Their live sessions.
#[tauri::command]
#[specta::specta]
pub async fn user_sessions(app: State<'_, Greenroom>, id: UserId) -> Result<SessionList, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// A loopback address of their picture; `None` where they have none.
#[tauri::command]
#[specta::specta]
pub async fn user_avatar(app: State<'_, Greenroom>, id: UserId) -> Result<Option<String>, ApiError> {
    let _ = app;
    drop((id,));
    Err(not_yet())
}

/// Suspends or restores them, audited.
#[tauri::command]
#[specta::specta]
pub async fn user_set_status(app: State<'_, Greenroom>, request: UserStatusRequest) -> Result<User, ApiError> {
    let _ = app;
    drop((request,));
    Err(not_yet())
}

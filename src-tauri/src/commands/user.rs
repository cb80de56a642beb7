//! People.

use greenroom_domain::meeting::Bounded;
use greenroom_domain::page::{Page, PageRequest, Total};
use greenroom_domain::user::{
    Attendance, Permission, SessionList, User, UserFilter, UserListRequest, UserStatusRequest,
};
use greenroom_domain::{ApiError, UserId};
use greenroom_media_server::{DEFAULT_TTL, Source};
use greenroom_operations::{avatars, people};
use tauri::State;

use crate::Greenroom;

/// Lists people, one page.
#[tauri::command]
#[specta::specta]
pub async fn user_list(app: State<'_, Greenroom>, request: UserListRequest) -> Result<Page<User>, ApiError> {
    let open = app.open().await?;
    open.ask(people::list(&open.stores, &open.access.caller(), request))
        .await
}

/// How many people a filter matches.
#[tauri::command]
#[specta::specta]
pub async fn user_count(app: State<'_, Greenroom>, filter: UserFilter) -> Result<Total, ApiError> {
    let open = app.open().await?;
    open.ask(people::count(&open.stores, &open.access.caller(), filter))
        .await
}

/// One person.
#[tauri::command]
#[specta::specta]
pub async fn user_get(app: State<'_, Greenroom>, id: UserId) -> Result<User, ApiError> {
    let open = app.open().await?;
    open.ask(people::get(&open.stores, &open.access.caller(), id)).await
}

/// What they may do.
#[tauri::command]
#[specta::specta]
pub async fn user_permissions(app: State<'_, Greenroom>, id: UserId) -> Result<Bounded<Permission>, ApiError> {
    let open = app.open().await?;
    open.ask(people::permissions(&open.stores, &open.access.caller(), id))
        .await
}

/// Meetings they took part in, newest first, one page.
#[tauri::command]
#[specta::specta]
pub async fn user_meetings(
    app: State<'_, Greenroom>,
    id: UserId,
    page: PageRequest,
) -> Result<Page<Attendance>, ApiError> {
    let open = app.open().await?;
    open.ask(people::meetings(&open.stores, &open.access.caller(), id, page))
        .await
}

/// Their live sessions.
#[tauri::command]
#[specta::specta]
pub async fn user_sessions(app: State<'_, Greenroom>, id: UserId) -> Result<SessionList, ApiError> {
    let open = app.open().await?;
    open.ask(people::sessions(&open.stores, &open.access.caller(), id))
        .await
}

/// A loopback address of their picture; `None` where they have none in the bucket. Pictures elsewhere on the net are not
/// fetched: that would tell a stranger who looks at whom.
#[tauri::command]
#[specta::specta]
pub async fn user_avatar(app: State<'_, Greenroom>, id: UserId) -> Result<Option<String>, ApiError> {
    let open = app.open().await?;
    let Some(key) = open.ask(avatars::key(&open.stores, &open.access.caller(), id)).await? else {
        return Ok(None);
    };
    let source = Source::object(open.ask(open.stores.s3()).await?, key);
    Ok(Some(app.media().await?.grant(source, DEFAULT_TTL).url))
}

/// Suspends or restores them, audited.
#[tauri::command]
#[specta::specta]
pub async fn user_set_status(app: State<'_, Greenroom>, request: UserStatusRequest) -> Result<User, ApiError> {
    let open = app.open().await?;
    open.access.touch();
    open.ask(people::set_status(&open.stores, &open.access.caller(), request))
        .await
}

//! People: lists, one person with permissions, meetings and live sessions, and suspending or restoring an account.

use greenroom_domain::access::Caller;
use greenroom_domain::meeting::Bounded;
use greenroom_domain::page::Total;
use greenroom_domain::user::{
    Attendance, Permission, SessionList, User, UserFilter, UserListRequest, UserStatusRequest,
};
use greenroom_domain::{ErrorCode, Json, Page, PageRequest, StoreKind, UserId};
use serde_json::json;

use crate::connections::Stores;
use crate::error::Error;
use crate::write::{self, Change};

/// Where the platform keeps people's pictures.
const AVATARS: &str = "media/avatars/";

/// One page of people.
///
/// # Errors
/// `InvalidRequest` for a filter or cursor that makes no sense, else what PostgreSQL failed with.
pub async fn list(stores: &Stores, _: &Caller, request: UserListRequest) -> Result<Page<User>, Error> {
    Ok(stores.postgres().await?.user_list(&request).await?)
}

/// How many people pass the filter; an estimate where counting would be dear.
///
/// # Errors
/// `InvalidRequest` for a filter that makes no sense, else what PostgreSQL failed with.
pub async fn count(stores: &Stores, _: &Caller, filter: UserFilter) -> Result<Total, Error> {
    Ok(stores.postgres().await?.user_count(&filter).await?)
}

/// One person.
///
/// # Errors
/// `NotFound`, or what PostgreSQL failed with.
pub async fn get(stores: &Stores, _: &Caller, id: UserId) -> Result<User, Error> {
    Ok(stores.postgres().await?.user_get(id).await?)
}

/// One person's permissions.
///
/// # Errors
/// `StoreSchema` where the deployment has no such table yet, else what PostgreSQL failed with.
pub async fn permissions(stores: &Stores, _: &Caller, id: UserId) -> Result<Bounded<Permission>, Error> {
    Ok(stores.postgres().await?.permissions(id).await?)
}

/// One page of the meetings somebody took part in, newest first.
///
/// # Errors
/// `InvalidRequest` for a cursor of another list, else what PostgreSQL failed with.
pub async fn meetings(stores: &Stores, _: &Caller, id: UserId, page: PageRequest) -> Result<Page<Attendance>, Error> {
    Ok(stores.postgres().await?.user_meetings(id, &page).await?)
}

/// Somebody's live sessions, found by a bounded scan of Redis; needs Redis only.
///
/// # Errors
/// What Redis failed with.
pub async fn sessions(stores: &Stores, _: &Caller, id: UserId) -> Result<SessionList, Error> {
    let redis = stores.redis().await?;
    Ok(greenroom_store_redis::sessions::of_user(&redis, id).await?)
}

/// The S3 key of somebody's picture; `None` where the bucket has none. What lies elsewhere on the net is not theirs to show here.
/// Cost: one row, one object's head.
///
/// # Errors
/// `NotFound` where nobody has the id, else what PostgreSQL or S3 failed with.
pub async fn avatar_key(stores: &Stores, caller: &Caller, id: UserId) -> Result<Option<String>, Error> {
    let user = get(stores, caller, id).await?;
    let s3 = stores.s3().await?;
    let Some(key) = key_of_avatar(user.avatar_url.as_deref(), id, s3.bucket()) else {
        return Ok(None);
    };
    match Box::pin(greenroom_store_s3::objects::head(&s3, &key)).await {
        Ok(_) => Ok(Some(key)),
        Err(cause) if cause.code() == ErrorCode::ObjectMissing => Ok(None),
        Err(cause) => Err(cause.into()),
    }
}

/// `avatar_url` as a key: it is one, with or without the bucket before it, or an address that ends in one. Without any, the
/// platform's own place for pictures.
fn key_of_avatar(avatar_url: Option<&str>, id: UserId, bucket: &str) -> Option<String> {
    let Some(text) = avatar_url.map(str::trim).filter(|text| !text.is_empty()) else {
        return Some(format!("{AVATARS}user_{id}.jpg"));
    };
    let path = match text.split_once("://") {
        // Only what names the platform's own place is taken from an address.
        Some((_, rest)) => rest.find(AVATARS).map(|at| &rest[at..])?,
        None => text.trim_start_matches('/'),
    };
    let path = path
        .strip_prefix(bucket)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(path);
    let key = path.split(['?', '#']).next().unwrap_or(path);
    greenroom_store_s3::objects::is_key(key).then(|| key.to_owned())
}

/// Sets somebody's status where it still is what the admin saw, and gives the row as it is then. Audited.
///
/// # Errors
/// [`Error::WriteRefused`], [`Error::AuditUnavailable`]; [`Error::Change`] around `Conflict` where the status is another by now.
pub async fn set_status(stores: &Stores, caller: &Caller, request: UserStatusRequest) -> Result<User, Error> {
    let change = Change {
        action: "user_set_status",
        store: StoreKind::Postgres,
        target: format!("user {}", request.id),
        reason: request.reason.clone(),
        before: Some(Json(json!({ "status": request.expected }))),
        after: Some(Json(json!({ "status": request.status }))),
    };
    let run = async |permit| Ok(stores.postgres().await?.user_set_status(&permit, &request).await?);
    let reached = |user: &User| Some(Json(json!({ "status": user.status, "updated_at": user.updated_at })));
    write::apply_reaching(stores, caller, change, run, reached).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_avatar_is_looked_for_in_the_bucket_however_it_is_written() {
        let own = Some("media/avatars/user_7.jpg".to_owned());
        for text in [
            None,
            Some(""),
            Some("media/avatars/user_7.jpg"),
            Some("/meeting-system/media/avatars/user_7.jpg"),
            Some("https://cdn.example.com/meeting-system/media/avatars/user_7.jpg?v=3"),
        ] {
            assert_eq!(key_of_avatar(text, UserId(7), "meeting-system"), own, "{text:?}");
        }
        assert_eq!(
            key_of_avatar(Some("https://elsewhere.example/me.png"), UserId(7), "meeting-system"),
            None
        );
    }
}

//! `session:{id}`: who is signed in. A session's id is a credential: it leaves this module masked.

use greenroom_domain::access::WritePermit;
use greenroom_domain::text::masked;
use greenroom_domain::user::{Session, SessionList};
use greenroom_domain::{Timestamp, UserId};
use serde_json::{Map, Value as Json};

use crate::scan::{Bounds, Walk};
use crate::value::{self, Found, Shape};
use crate::{Error, Redis};

const FAMILY: &str = "session:";
/// How long the platform keeps a session after its last activity.
pub const TTL_S: u32 = 3_600;
/// The most sessions of one person that are shown.
const MAX_SHOWN: usize = 200;

/// A session to be written as the platform writes its own.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its id: a credential.
    pub id: String,
    /// Whose.
    pub user_id: UserId,
    /// Login name.
    pub username: String,
    /// Address.
    pub email: String,
    /// When they signed in.
    pub login_time: Timestamp,
    /// When they last did something.
    pub last_activity: Timestamp,
    /// How it is held.
    pub shape: Shape,
    /// Seconds until it expires.
    pub ttl_s: u32,
}

/// A person's sessions, latest activity first, at most 200. A value that cannot be read is listed where it names the person's
/// id at all. Cost: a walk over at most 50,000 session keys or two seconds; the coverage says how far it came.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn of_user(redis: &Redis, user: UserId) -> Result<SessionList, Error> {
    let prefix = redis.key(FAMILY, "");
    let mut walk = Walk::over(&redis.connection, &prefix, Bounds::default()).await?;
    let mut items = Vec::new();
    while let Some(keys) = walk.next().await? {
        let found = value::read(&redis.connection, "session_list", keys).await?;
        items.extend(found.iter().filter_map(|found| of(found, user, &prefix)));
    }
    let mut coverage = walk.coverage();
    items.sort_by(|a: &Session, b| {
        b.last_activity
            .cmp(&a.last_activity)
            .then_with(|| a.masked_id.cmp(&b.masked_id))
    });
    if items.len() > MAX_SHOWN {
        items.truncate(MAX_SHOWN);
        coverage.complete = false;
    }
    Ok(SessionList {
        items,
        coverage,
        as_of: chrono::Utc::now(),
    })
}

/// The session, where it is this person's or may be.
fn of(found: &Found, user: UserId, prefix: &str) -> Option<Session> {
    let owner = found.number("user_id").map(UserId);
    let may_be = owner.is_none() && names(&found.raw, user);
    (owner == Some(user) || may_be).then(|| Session {
        masked_id: masked(found.key_text().strip_prefix(prefix).unwrap_or_default()),
        user_id: owner,
        login_time: found.moment("login_time"),
        last_activity: found.moment("last_activity"),
        ttl_s: found.ttl_s,
        shape: found.shape,
        undecoded: owner.is_none().then(|| found.raw.clone()),
    })
}

/// Whether the id stands in a text as a number of its own.
fn names(text: &str, user: UserId) -> bool {
    let id = user.to_string();
    text.match_indices(&id).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + id.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

/// Writes sessions, 500 commands a round trip.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn put_many(redis: &Redis, _permit: &WritePermit, sessions: &[NewSession]) -> Result<(), Error> {
    let commands = sessions.iter().flat_map(|session| {
        let fields = Map::from_iter([
            ("user_id".to_owned(), Json::from(session.user_id.0)),
            ("username".to_owned(), Json::from(session.username.as_str())),
            ("email".to_owned(), Json::from(session.email.as_str())),
            ("login_time".to_owned(), Json::from(session.login_time.timestamp())),
            (
                "last_activity".to_owned(),
                Json::from(session.last_activity.timestamp()),
            ),
        ]);
        value::written(
            &redis.key(FAMILY, &session.id),
            &fields,
            session.shape,
            Some(session.ttl_s),
        )
    });
    value::send(&redis.connection, "session_put", commands.collect()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_inside_a_longer_number_is_somebody_elses() {
        assert!(names(r#"{"user_id": 42, broken"#, UserId(42)));
        assert!(!names(r#"{"user_id": 1423"#, UserId(42)));
        assert!(names("42", UserId(42)));
        assert!(!names("session of nobody", UserId(42)));
    }
}

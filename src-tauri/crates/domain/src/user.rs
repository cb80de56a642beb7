//! People of the platform: rows of `users`, their permissions and live sessions.

use serde::{Deserialize, Serialize};

use crate::filter::{Field, Filter, FilterError, Period, Sort, Term, parse_flag};
use crate::id::{MeetingId, UserId};
use crate::page::{Coverage, PageRequest};
use crate::value::Timestamp;

/// A person's account, without its password hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct User {
    /// Row id.
    pub id: UserId,
    /// Unique login name.
    pub username: String,
    /// Unique address.
    pub email: String,
    /// As they write it themselves.
    pub full_name: Option<String>,
    /// An S3 key or an address; see `user_avatar`.
    pub avatar_url: Option<String>,
    /// `active`, `suspended`, or whatever the platform keeps there.
    pub status: Option<String>,
    /// `user`, `admin`, or whatever the platform keeps there.
    pub role: Option<String>,
    /// When the row was made.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// Soft delete.
    pub deleted_at: Option<Timestamp>,
}

/// One permission of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Permission {
    /// What it is on.
    pub resource: String,
    /// What it allows.
    pub action: String,
    /// Who gave it.
    pub granted_by: Option<UserId>,
    /// When.
    pub granted_at: Option<Timestamp>,
}

/// A meeting somebody took part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Attendance {
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// Its title.
    pub title: String,
    /// Its state.
    pub status: Option<String>,
    /// When it began or will begin.
    pub start_time: Timestamp,
    /// The person's part in it.
    pub role: Option<String>,
    /// When they joined.
    pub join_time: Option<Timestamp>,
    /// When they left.
    pub leave_time: Option<Timestamp>,
}

/// How a deployment holds a value in Redis. What is written back has the shape that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum RedisShape {
    /// A string holding JSON.
    Json,
    /// A hash.
    Hash,
}

/// A live session in Redis. Its id is a credential and is shown masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Session {
    /// The first characters of the session id.
    pub masked_id: String,
    /// Whose, where the value could be read.
    pub user_id: Option<UserId>,
    /// When they signed in.
    pub login_time: Option<Timestamp>,
    /// When they last did something.
    pub last_activity: Option<Timestamp>,
    /// Seconds until it expires; `None` where it never does.
    pub ttl_s: Option<u32>,
    /// How the deployment holds it.
    pub shape: RedisShape,
    /// The raw text, where it was not what it should be.
    pub undecoded: Option<String>,
}

/// Somebody's sessions, found by a bounded scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SessionList {
    /// What was found.
    pub items: Vec<Session>,
    /// How far the scan came.
    pub coverage: Coverage,
    /// When it was read.
    pub as_of: Timestamp,
}

/// What people can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum UserField {
    /// `users.status`.
    Status,
    /// `users.role`.
    Role,
    /// Period of `users.created_at`.
    Created,
    /// Whether soft-deleted people are shown; without this term they are not.
    Deleted,
}

impl Field for UserField {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("status", Self::Status),
        ("role", Self::Role),
        ("created", Self::Created),
        ("deleted", Self::Deleted),
    ];
}

/// A filter over people; `search` looks in full name, e-mail and username.
pub type UserFilter = Filter<UserField>;

/// A [`UserField`] term that made sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserCondition {
    /// Status is any of these.
    Status(Vec<String>),
    /// Role is any of these.
    Role(Vec<String>),
    /// Created within.
    Created(Period),
    /// Is soft-deleted.
    Deleted(bool),
}

impl UserCondition {
    /// Makes sense of a term.
    ///
    /// # Errors
    /// [`FilterError::BadValue`].
    pub fn parse(term: &Term<UserField>, now: Timestamp) -> Result<Self, FilterError> {
        let only = || term.values.first().map_or("", String::as_str);
        Ok(match term.field {
            UserField::Status => Self::Status(term.values.clone()),
            UserField::Role => Self::Role(term.values.clone()),
            UserField::Created => Self::Created(Period::parse("created", only(), now)?),
            UserField::Deleted => Self::Deleted(parse_flag("deleted", only())?),
        })
    }
}

/// What people can be sorted by: what the platform's indexes serve. `id` runs with creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum UserSort {
    /// Primary key.
    Id,
    /// `idx_users_username`.
    Username,
    /// `idx_users_email`.
    Email,
}

/// A page of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct UserListRequest {
    /// Which.
    pub filter: UserFilter,
    /// In which order.
    pub sort: Sort<UserSort>,
    /// How many, after what.
    pub page: PageRequest,
}

/// A change of one person's `status`: suspend and restore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct UserStatusRequest {
    /// Who.
    pub id: UserId,
    /// The new status.
    pub status: String,
    /// The status the admin saw: the change is refused where it is another by now.
    pub expected: Option<String>,
    /// Why, for the audit trail.
    pub reason: Option<String>,
}

//! Every failure of a use case, and the edge where it becomes the one error that people, scripts and the page are told.
//!
//! The chain of causes is logged there, once, redacted, under the diagnostic id that the person sees.

use std::path::PathBuf;

use greenroom_domain::diagnosis::in_one_line;
use greenroom_domain::filter::FilterError;
use greenroom_domain::text::TextError;
use greenroom_domain::{ApiError, ErrorCode, Outcome, StoreKind, Timestamp};

use crate::secrets::redacted;
use crate::{hints, ids, profiles, secrets};

/// Longer messages are cut: they are read by people.
const MAX_MESSAGE_CHARS: usize = 600;

/// A failure of a use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] greenroom_store_postgres::Error),
    /// Redis.
    #[error(transparent)]
    Redis(#[from] greenroom_store_redis::Error),
    /// MongoDB.
    #[error(transparent)]
    Mongo(#[from] greenroom_store_mongo::Error),
    /// S3.
    #[error(transparent)]
    S3(#[from] greenroom_store_s3::Error),
    /// etcd.
    #[error(transparent)]
    Etcd(#[from] greenroom_store_etcd::Error),
    /// No connection to a store is open.
    #[error("{store} is down since {}", since.format("%Y-%m-%d %H:%M:%S UTC"))]
    Down {
        /// Which.
        store: StoreKind,
        /// Since when.
        since: Timestamp,
        /// Why, as the health shows it.
        problem: Option<Box<ApiError>>,
    },
    /// A store did not answer within the deadline that stands behind its adapter's own.
    #[error("{store} did not answer {operation} in time")]
    Late {
        /// Which.
        store: StoreKind,
        /// What was asked.
        operation: &'static str,
    },
    /// A filter makes no sense.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// A text cannot be searched for.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A request makes no sense for another reason.
    #[error("{what}")]
    InvalidRequest {
        /// What is wrong with it.
        what: String,
    },
    /// Nothing has that id.
    #[error("there is no {what} {id}")]
    NotFound {
        /// `meeting`, `user`, …
        what: &'static str,
        /// The id asked for.
        id: String,
    },
    /// The profile or the rung does not allow writing.
    #[error("nothing was changed: {why}")]
    WriteRefused {
        /// Why not.
        why: String,
    },
    /// The audit trail cannot take an entry, so nothing is written.
    #[error("nothing was changed: the audit trail cannot take an entry")]
    AuditUnavailable {
        /// Why not.
        #[source]
        source: Box<Error>,
    },
    /// Somebody changed it in between.
    #[error("{what} was changed by somebody else in between: it is {found} now, not {expected}")]
    Conflict {
        /// What.
        what: String,
        /// What the caller saw.
        expected: String,
        /// What is there.
        found: String,
    },
    /// A change failed; what became of it is known, or known to be unknown.
    #[error("{action} failed")]
    Change {
        /// What was done, as `noun_verb`.
        action: String,
        /// What became of it.
        outcome: Outcome,
        /// Why.
        #[source]
        source: Box<Error>,
    },
    /// A value could not be read as what it should be.
    #[error("{what} could not be read as {expected}")]
    Undecodable {
        /// What.
        what: String,
        /// As what.
        expected: &'static str,
    },
    /// The row is there, its object is not.
    #[error("the object {key:?} is not in the bucket")]
    ObjectMissing {
        /// Its key by the row.
        key: String,
    },
    /// The file ends before it should.
    #[error("{key:?} ends before it should: {what}")]
    MediaTruncated {
        /// The object.
        key: String,
        /// How that shows.
        what: String,
    },
    /// The file cannot be played here.
    #[error("{key:?} cannot be played here: {what}")]
    MediaUnplayable {
        /// The object.
        key: String,
        /// Why.
        what: String,
    },
    /// A profile.
    #[error(transparent)]
    Profile(#[from] profiles::Error),
    /// A secret.
    #[error(transparent)]
    Secret(#[from] secrets::Error),
    /// A file on this machine.
    #[error("{} could not be {did}", path.display())]
    Local {
        /// Which.
        path: PathBuf,
        /// `read`, `written`, …
        did: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Somebody cancelled it.
    #[error("it was cancelled")]
    Cancelled,
    /// A bug of ours.
    #[error("{what}")]
    Internal {
        /// What went wrong.
        what: String,
    },
}

impl Error {
    pub(crate) fn late(store: StoreKind, operation: &'static str) -> Self {
        Self::Late { store, operation }
    }

    /// A request that makes no sense.
    pub fn invalid(what: impl Into<String>) -> Self {
        Self::InvalidRequest { what: what.into() }
    }

    /// Nothing has that id.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "ids are copied, texts are moved: callers write neither & nor clone"
    )]
    pub fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound {
            what,
            id: id.to_string(),
        }
    }

    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Postgres(error) => error.code(),
            Self::Redis(error) => error.code(),
            Self::Mongo(error) => error.code(),
            Self::S3(error) => error.code(),
            Self::Etcd(error) => error.code(),
            Self::Down { .. } => ErrorCode::StoreDown,
            Self::Late { .. } => ErrorCode::StoreTimeout,
            Self::Filter(_) | Self::Text(_) | Self::InvalidRequest { .. } => ErrorCode::InvalidRequest,
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::WriteRefused { .. } => ErrorCode::WriteRefused,
            Self::AuditUnavailable { .. } => ErrorCode::AuditUnavailable,
            Self::Conflict { .. } => ErrorCode::Conflict,
            Self::Change { source, .. } => source.code(),
            Self::Undecodable { .. } => ErrorCode::Undecodable,
            Self::ObjectMissing { .. } => ErrorCode::ObjectMissing,
            Self::MediaTruncated { .. } => ErrorCode::MediaTruncated,
            Self::MediaUnplayable { .. } => ErrorCode::MediaUnplayable,
            Self::Profile(error) => error.code(),
            Self::Secret(error) => error.code(),
            Self::Local { .. } => ErrorCode::LocalFile,
            Self::Cancelled => ErrorCode::Cancelled,
            Self::Internal { .. } => ErrorCode::Internal,
        }
    }

    /// The store concerned.
    #[must_use]
    pub fn store(&self) -> Option<StoreKind> {
        match self {
            Self::Postgres(_) => Some(StoreKind::Postgres),
            Self::Redis(_) => Some(StoreKind::Redis),
            Self::Mongo(_) => Some(StoreKind::Mongodb),
            Self::S3(_) | Self::ObjectMissing { .. } => Some(StoreKind::S3),
            Self::Etcd(_) => Some(StoreKind::Etcd),
            Self::Down { store, .. } | Self::Late { store, .. } => Some(*store),
            Self::Change { source, .. } | Self::AuditUnavailable { source } => source.store(),
            _ => None,
        }
    }

    /// What became of the change this ended, as it is told to people; `None`: it was a read.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Change { outcome, .. } => Some(*outcome),
            Self::WriteRefused { .. } | Self::AuditUnavailable { .. } | Self::Conflict { .. } => Some(Outcome::NotDone),
            _ => None,
        }
    }

    /// What becomes of a write whose call to a store ended in this: for the write path, which wraps it in
    /// [`Error::Change`].
    #[must_use]
    pub fn outcome_of_write(&self) -> Outcome {
        match self {
            Self::Postgres(error) => error.outcome().unwrap_or(Outcome::NotDone),
            Self::Redis(error) => error.outcome(),
            Self::Mongo(error) => error.outcome(),
            Self::S3(error) => error.outcome(),
            Self::Etcd(error) => error.outcome(),
            Self::Change { outcome, .. } => *outcome,
            // Cut off in between: a call may have been under way.
            Self::Cancelled | Self::Late { .. } | Self::Internal { .. } => Outcome::Unknown,
            _ => Outcome::NotDone,
        }
    }

    /// Whether the connection itself may be gone, so that it is worth a probe at once.
    #[must_use]
    pub fn speaks_against_the_connection(&self) -> bool {
        !matches!(self, Self::Down { .. })
            && matches!(
                self.code(),
                ErrorCode::StoreUnreachable | ErrorCode::StoreTimeout | ErrorCode::StoreProtocol | ErrorCode::StoreAuth
            )
    }

    /// What to do next, where there is more to say than the code's own advice.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Down {
                problem: Some(problem), ..
            } => problem.hint.clone(),
            Self::Change {
                outcome: Outcome::Unknown,
                ..
            } => Some(hints::UNKNOWN_OUTCOME.to_owned()),
            Self::Change { source, .. } => source.hint(),
            Self::AuditUnavailable { .. } => Some(hints::AUDIT.to_owned()),
            Self::Profile(error) => error.hint(),
            Self::Secret(error) => error.hint(),
            other => hints::of(other.code(), other.store()).map(str::to_owned),
        }
    }

    fn is_everyday(&self) -> bool {
        matches!(
            self.code(),
            ErrorCode::InvalidRequest
                | ErrorCode::NotFound
                | ErrorCode::WriteRefused
                | ErrorCode::Conflict
                | ErrorCode::Cancelled
                | ErrorCode::ObjectMissing
        )
    }
}

/// The edge: makes the diagnostic id, logs the chain once, redacted, and keeps what a person can use.
impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        if let Error::Down {
            store,
            problem: Some(problem),
            ..
        } = &error
        {
            // It was logged when the store went down: the same id finds that entry.
            return Self {
                code: ErrorCode::StoreDown,
                message: format!("{error}: {}", problem.message),
                retryable: true,
                hint: problem.hint.clone(),
                diagnostic_id: problem.diagnostic_id.clone(),
                store: Some(*store),
                outcome: None,
            };
        }
        let diagnostic_id = ids::diagnostic();
        let code = error.code();
        let chain = redacted(&in_one_line(&error));
        let store = error.store();
        let at = store.map_or("", StoreKind::key);
        if error.is_everyday() {
            tracing::info!(%diagnostic_id, ?code, store = at, "{diagnostic_id}: {chain}");
        } else {
            tracing::error!(%diagnostic_id, ?code, store = at, "{diagnostic_id}: {chain}");
        }
        Self {
            code,
            message: cut(chain),
            retryable: code.is_retryable() && error.outcome() != Some(Outcome::Unknown),
            hint: error.hint(),
            diagnostic_id,
            store,
            outcome: error.outcome(),
        }
    }
}

fn cut(message: String) -> String {
    match message.char_indices().nth(MAX_MESSAGE_CHARS) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message,
    }
}

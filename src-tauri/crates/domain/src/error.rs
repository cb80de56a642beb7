//! The one error that crosses to the window and to `--json`, and its closed list of codes.

use serde::{Deserialize, Serialize};

use crate::value::StoreKind;

/// Every kind of failure a person can be told of. Closed: the window's table from code to words is total,
/// so a new code breaks its build until both languages have the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request makes no sense (a filter, an id, a cursor).
    InvalidRequest,
    /// Nothing has that id.
    NotFound,
    /// The profile or the rung does not allow writing.
    WriteRefused,
    /// The audit trail cannot take an entry, so nothing is written.
    AuditUnavailable,
    /// Somebody changed it in between.
    Conflict,
    /// The host does not resolve, or nothing listens there.
    StoreUnreachable,
    /// It listens but did not answer in time, while connecting or in a call.
    StoreTimeout,
    /// User, password or key refused.
    StoreAuth,
    /// The store lets us in but not do this.
    StorePermission,
    /// The certificate is not trusted: unknown CA, wrong name.
    StoreTlsUntrusted,
    /// The certificate has expired or is not valid yet.
    StoreTlsExpired,
    /// It speaks another protocol, or plain text where TLS was asked for, or the reverse.
    StoreProtocol,
    /// It is another database: the platform's tables are missing or differ.
    StoreSchema,
    /// The store refuses work just now: throttled, out of space, read-only replica.
    StoreBusy,
    /// The store answered with an error of its own.
    StoreFailed,
    /// No connection to this store is open just now.
    StoreDown,
    /// A value could not be read as what it should be.
    Undecodable,
    /// The row is there, its object is not.
    ObjectMissing,
    /// The file ends before it should.
    MediaTruncated,
    /// The file cannot be played here.
    MediaUnplayable,
    /// The profile is not valid.
    ProfileInvalid,
    /// A secret the profile needs is in none of the vaults.
    SecretMissing,
    /// The vault is locked, or the passphrase is wrong.
    SecretLocked,
    /// Somebody cancelled it.
    Cancelled,
    /// A file on this machine could not be read or written.
    LocalFile,
    /// It is a bug of ours.
    Internal,
}

impl ErrorCode {
    /// Whether the same call can succeed later with nothing changed.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::StoreUnreachable | Self::StoreTimeout | Self::StoreBusy | Self::StoreDown
        )
    }
}

/// What became of a change that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It took effect.
    Done,
    /// Nothing was changed.
    NotDone,
    /// The connection was lost on the way: it may or may not have taken effect. Never replayed blindly.
    Unknown,
}

/// What a person, a script or the page is told of a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ApiError {
    /// What kind.
    pub code: ErrorCode,
    /// What failed, in English, with the names and ids concerned. The window translates by `code`
    /// and shows this as the detail.
    pub message: String,
    /// Whether trying again unchanged can help.
    pub retryable: bool,
    /// What to do next, in English, where there is more to say than the code's own advice.
    pub hint: Option<String>,
    /// Finds the full chain in our log.
    pub diagnostic_id: String,
    /// The store concerned.
    pub store: Option<StoreKind>,
    /// What became of the change, where one was under way. `None`: it was a read.
    pub outcome: Option<Outcome>,
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

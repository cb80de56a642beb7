//! What can go wrong with MongoDB, and which of the closed codes each failure is.

use std::time::Duration;

use greenroom_domain::diagnosis::{Stage, of_chain, of_text};
use greenroom_domain::{ErrorCode, Outcome};
use mongodb::error::ErrorKind;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failure of this adapter. Its `Display` says what was being done; the cause is in `source`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The profile cannot be used: an address, a certificate file.
    #[error("the MongoDB profile cannot be used: {what}")]
    Config {
        /// What is wrong.
        what: String,
        /// Why.
        #[source]
        source: Option<Cause>,
    },
    /// No connection came about.
    #[error("could not connect to MongoDB at {address}")]
    Connect {
        /// The addresses tried.
        address: String,
        /// Which kind of failure.
        code: ErrorCode,
        /// Why.
        #[source]
        source: Cause,
    },
    /// No answer within the deadline.
    #[error("MongoDB did not answer {operation} within {limit:?}")]
    Late {
        /// What was asked.
        operation: &'static str,
        /// The deadline.
        limit: Duration,
    },
    /// A call failed.
    #[error("MongoDB could not do {operation}")]
    Call {
        /// What was asked.
        operation: &'static str,
        /// Which kind of failure.
        code: ErrorCode,
        /// Whether documents may have been written all the same.
        outcome: Outcome,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The cursor of a page is not one of ours.
    #[error("{cursor:?} is not a place in {operation}")]
    Cursor {
        /// Of which list.
        operation: &'static str,
        /// What was given.
        cursor: String,
    },
}

impl Error {
    pub(crate) fn connecting(address: &str) -> impl FnOnce(mongodb::error::Error) -> Self + '_ {
        move |error| Self::Connect {
            address: address.to_owned(),
            code: code_of(&error, Stage::Connecting),
            source: Box::new(error),
        }
    }

    pub(crate) fn during(operation: &'static str) -> impl Fn(mongodb::error::Error) -> Self {
        move |error| {
            let code = code_of(&error, Stage::Calling);
            let outcome = outcome_of(&error, code);
            Self::Call {
                operation,
                code,
                outcome,
                source: Box::new(error),
            }
        }
    }

    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Config { .. } => ErrorCode::ProfileInvalid,
            Self::Connect { code, .. } | Self::Call { code, .. } => *code,
            Self::Late { .. } => ErrorCode::StoreTimeout,
            Self::Cursor { .. } => ErrorCode::InvalidRequest,
        }
    }

    /// What was being done.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Self::Config { .. } | Self::Connect { .. } => "connect",
            Self::Late { operation, .. } | Self::Call { operation, .. } | Self::Cursor { operation, .. } => operation,
        }
    }

    /// What became of a write that ended in this: unknown where it may have reached the server.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Config { .. } | Self::Connect { .. } | Self::Cursor { .. } => Outcome::NotDone,
            Self::Late { .. } => Outcome::Unknown,
            Self::Call { outcome, .. } => *outcome,
        }
    }
}

fn outcome_of(error: &mongodb::error::Error, code: ErrorCode) -> Outcome {
    match error.kind.as_ref() {
        // Some of a batch may be in before the one that failed.
        ErrorKind::InsertMany(_) | ErrorKind::BulkWrite(_) => Outcome::Unknown,
        ErrorKind::ServerSelection { .. } | ErrorKind::ConnectionPoolCleared { .. } => Outcome::NotDone,
        _ => match code {
            ErrorCode::StoreTimeout | ErrorCode::StoreUnreachable | ErrorCode::StoreProtocol => Outcome::Unknown,
            _ => Outcome::NotDone,
        },
    }
}

/// Server error numbers: <https://www.mongodb.com/docs/manual/reference/error-codes/>.
fn code_of(error: &mongodb::error::Error, stage: Stage) -> ErrorCode {
    if let ErrorKind::Command(answer) = error.kind.as_ref() {
        return match answer.code {
            18 | 11 | 334 => ErrorCode::StoreAuth,
            13 | 8000 => ErrorCode::StorePermission,
            50 | 262 => ErrorCode::StoreTimeout,
            11_600 | 11_602 | 10_107 | 13_435 | 13_436 | 91 | 189 | 14_031 | 24 => ErrorCode::StoreBusy,
            // A server that answers SCRAM with a plain failure text still means the password.
            _ if answer.message.to_lowercase().contains("authentication failed") => ErrorCode::StoreAuth,
            _ => ErrorCode::StoreFailed,
        };
    }
    if matches!(error.kind.as_ref(), ErrorKind::Authentication { .. }) {
        return of_source(error, stage).unwrap_or(ErrorCode::StoreAuth);
    }
    // Server selection keeps the cause only as text.
    if let Some(code) = of_source(error, stage) {
        return code;
    }
    match error.kind.as_ref() {
        ErrorKind::InvalidTlsConfig { .. } | ErrorKind::InvalidArgument { .. } => ErrorCode::ProfileInvalid,
        ErrorKind::DnsResolve { .. } => ErrorCode::StoreUnreachable,
        ErrorKind::ServerSelection { .. } => ErrorCode::StoreTimeout,
        ErrorKind::InvalidResponse { .. } | ErrorKind::BsonDeserialization(_) => match stage {
            Stage::Connecting => ErrorCode::StoreProtocol,
            Stage::Calling => ErrorCode::Undecodable,
        },
        ErrorKind::Io(_) if stage == Stage::Connecting => ErrorCode::StoreProtocol,
        ErrorKind::Io(_) => ErrorCode::StoreUnreachable,
        _ => ErrorCode::StoreFailed,
    }
}

fn of_source(error: &mongodb::error::Error, stage: Stage) -> Option<ErrorCode> {
    if let ErrorKind::ServerSelection { message, .. } = error.kind.as_ref() {
        // "Server selection timeout: …" is how every one of them begins: what counts is the topology behind it.
        let topology = message.split_once("Topology").map_or("", |(_, topology)| topology);
        let lower = topology.to_lowercase();
        if lower.contains("authentication failed") || lower.contains("scram failure") {
            return Some(ErrorCode::StoreAuth);
        }
        return of_text(topology, stage);
    }
    of_chain(error, stage)
}

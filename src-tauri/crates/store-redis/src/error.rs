//! What can go wrong with Redis, and which of the closed codes each failure is.

use std::time::Duration;

use greenroom_domain::diagnosis::{Stage, of_chain};
use greenroom_domain::{ErrorCode, Outcome};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failure of this adapter. Its `Display` says what was being done; the cause is in `source`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The profile cannot be used: an address, a certificate file.
    #[error("the Redis profile cannot be used: {what}")]
    Config {
        /// What is wrong.
        what: String,
        /// Why.
        #[source]
        source: Option<Cause>,
    },
    /// No connection came about.
    #[error("could not connect to Redis at {address}")]
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
    #[error("Redis did not answer {operation} within {limit:?}")]
    Late {
        /// What was asked.
        operation: &'static str,
        /// The deadline.
        limit: Duration,
    },
    /// A call failed.
    #[error("Redis could not do {operation}")]
    Call {
        /// What was asked.
        operation: &'static str,
        /// Which kind of failure.
        code: ErrorCode,
        /// Why.
        #[source]
        source: Cause,
    },
    /// An answer was not what the command answers.
    #[error("Redis answered {operation} with {found}")]
    Answer {
        /// What was asked.
        operation: &'static str,
        /// What came.
        found: String,
    },
}

impl Error {
    pub(crate) fn config(what: impl Into<String>) -> Self {
        Self::Config {
            what: what.into(),
            source: None,
        }
    }

    pub(crate) fn connecting(address: &str) -> impl FnOnce(redis::RedisError) -> Self + '_ {
        move |error| Self::Connect {
            address: address.to_owned(),
            code: code_of(&error, Stage::Connecting),
            source: Box::new(error),
        }
    }

    pub(crate) fn during(operation: &'static str) -> impl Fn(redis::RedisError) -> Self {
        move |error| Self::Call {
            operation,
            code: code_of(&error, Stage::Calling),
            source: Box::new(error),
        }
    }

    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Config { .. } => ErrorCode::ProfileInvalid,
            Self::Connect { code, .. } | Self::Call { code, .. } => *code,
            Self::Late { .. } => ErrorCode::StoreTimeout,
            Self::Answer { .. } => ErrorCode::Undecodable,
        }
    }

    /// What was being done.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Self::Config { .. } | Self::Connect { .. } => "connect",
            Self::Late { operation, .. } | Self::Call { operation, .. } | Self::Answer { operation, .. } => operation,
        }
    }

    /// What became of a write that ended in this: unknown where it may have reached the server.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Config { .. } | Self::Connect { .. } => Outcome::NotDone,
            Self::Late { .. } | Self::Answer { .. } => Outcome::Unknown,
            Self::Call { code, .. } => match code {
                ErrorCode::StoreTimeout | ErrorCode::StoreUnreachable | ErrorCode::StoreProtocol => Outcome::Unknown,
                _ => Outcome::NotDone,
            },
        }
    }
}

fn code_of(error: &redis::RedisError, stage: Stage) -> ErrorCode {
    use redis::ErrorKind;
    let said = error.code().unwrap_or_default();
    match said {
        "NOAUTH" | "WRONGPASS" | "DENIED" => return ErrorCode::StoreAuth,
        "NOPERM" => return ErrorCode::StorePermission,
        "LOADING" | "BUSY" | "BUSYLOADING" | "MASTERDOWN" | "CLUSTERDOWN" | "TRYAGAIN" | "OOM" | "MISCONF"
        | "READONLY" | "NOREPLICAS" => return ErrorCode::StoreBusy,
        "WRONGTYPE" => return ErrorCode::Undecodable,
        _ => {}
    }
    if error.is_timeout() {
        return ErrorCode::StoreTimeout;
    }
    // "ERR invalid password" is what servers before 6 say; an HTTP or TLS server's greeting cannot be parsed.
    let text = error.to_string();
    // A cluster's connection keeps the nodes' refusals only as text.
    let refused = [
        "invalid password",
        "without any password configured",
        "AUTH failed",
        "Password authentication failed",
        "WRONGPASS",
        "NOAUTH",
    ];
    match error.kind() {
        ErrorKind::AuthenticationFailed => return auth_or_chain(error, &text, stage),
        ErrorKind::InvalidClientConfig => return of_chain(error, stage).unwrap_or(ErrorCode::ProfileInvalid),
        ErrorKind::MasterNameNotFoundBySentinel | ErrorKind::EmptySentinelList => return ErrorCode::ProfileInvalid,
        _ if refused.iter().any(|words| text.contains(words)) => return ErrorCode::StoreAuth,
        _ => {}
    }
    if let Some(code) = of_chain(error, stage) {
        return code;
    }
    match error.kind() {
        ErrorKind::Parse => ErrorCode::StoreProtocol,
        ErrorKind::UnexpectedReturnType => ErrorCode::Undecodable,
        ErrorKind::ClusterConnectionNotFound | ErrorKind::NoValidReplicasFoundBySentinel => ErrorCode::StoreUnreachable,
        ErrorKind::Io if stage == Stage::Connecting => ErrorCode::StoreProtocol,
        ErrorKind::Io => ErrorCode::StoreUnreachable,
        _ => ErrorCode::StoreFailed,
    }
}

/// The driver calls every failure of its first command an authentication failure, a broken connection too.
fn auth_or_chain(error: &redis::RedisError, text: &str, stage: Stage) -> ErrorCode {
    if text.contains("WRONGPASS") || text.contains("NOAUTH") || text.contains("invalid password") {
        return ErrorCode::StoreAuth;
    }
    of_chain(error, stage).unwrap_or(ErrorCode::StoreAuth)
}

//! What can go wrong with etcd, and which of the closed codes each failure is.

use std::time::Duration;

use greenroom_domain::diagnosis::{Stage, in_one_line, of_chain, of_text};
use greenroom_domain::{ErrorCode, Outcome};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failure of this adapter. Its `Display` says what was being done; the cause is in `source`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The profile cannot be used: an address, a certificate file.
    #[error("the etcd profile cannot be used: {what}")]
    Config {
        /// What is wrong.
        what: String,
        /// Why.
        #[source]
        source: Option<Cause>,
    },
    /// No connection came about.
    #[error("could not connect to etcd at {address}")]
    Connect {
        /// The endpoint tried last.
        address: String,
        /// Which kind of failure.
        code: ErrorCode,
        /// Why.
        #[source]
        source: Cause,
    },
    /// No answer within the deadline.
    #[error("etcd did not answer {operation} within {limit:?}")]
    Late {
        /// What was asked.
        operation: &'static str,
        /// The deadline.
        limit: Duration,
    },
    /// A call failed.
    #[error("etcd could not do {operation}")]
    Call {
        /// What was asked.
        operation: &'static str,
        /// Which kind of failure.
        code: ErrorCode,
        /// Why.
        #[source]
        source: Cause,
    },
}

/// etcd-client's error keeps its causes out of `source()`: this puts them back in as text.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Said(String);

impl Error {
    pub(crate) fn connecting(address: &str) -> impl FnOnce(etcd_client::Error) -> Self + '_ {
        move |error| Self::Connect {
            address: address.to_owned(),
            code: code_of(&error, Stage::Connecting),
            source: Box::new(Said(told(&error))),
        }
    }

    pub(crate) fn during(operation: &'static str) -> impl Fn(etcd_client::Error) -> Self {
        move |error| Self::Call {
            operation,
            code: code_of(&error, Stage::Calling),
            source: Box::new(Said(told(&error))),
        }
    }

    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Config { .. } => ErrorCode::ProfileInvalid,
            Self::Connect { code, .. } | Self::Call { code, .. } => *code,
            Self::Late { .. } => ErrorCode::StoreTimeout,
        }
    }

    /// What was being done.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Self::Config { .. } | Self::Connect { .. } => "connect",
            Self::Late { operation, .. } | Self::Call { operation, .. } => operation,
        }
    }

    /// What became of a write that ended in this: unknown where it may have reached the server.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Config { .. } | Self::Connect { .. } => Outcome::NotDone,
            Self::Late { .. } => Outcome::Unknown,
            Self::Call { code, .. } => match code {
                ErrorCode::StoreTimeout | ErrorCode::StoreUnreachable | ErrorCode::StoreProtocol => Outcome::Unknown,
                _ => Outcome::NotDone,
            },
        }
    }
}

/// gRPC status numbers: <https://grpc.io/docs/guides/status-codes/>; etcd's own texts: `api/v3rpc/rpctypes/error.go`.
fn code_of(error: &etcd_client::Error, stage: Stage) -> ErrorCode {
    match error {
        etcd_client::Error::GRpcStatus(status) => {
            let said = status.message();
            if said.contains("authentication failed")
                || said.contains("invalid auth token")
                || said.contains("user name is empty")
                || said.contains("authentication is not enabled")
            {
                return ErrorCode::StoreAuth;
            }
            match i32::from(status.code()) {
                16 => return ErrorCode::StoreAuth,
                7 => return ErrorCode::StorePermission,
                8 => return ErrorCode::StoreBusy,
                4 => return ErrorCode::StoreTimeout,
                14 if said.contains("etcdserver:") => return ErrorCode::StoreBusy,
                _ => {}
            }
            if let Some(code) = of_chain(status, stage) {
                return code;
            }
            match i32::from(status.code()) {
                // An HTTP server that is not gRPC: "unknown" with an HTTP status, "unimplemented", a broken frame.
                2 | 12 | 13 if stage == Stage::Connecting => ErrorCode::StoreProtocol,
                14 => ErrorCode::StoreUnreachable,
                _ => ErrorCode::StoreFailed,
            }
        }
        etcd_client::Error::TransportError(error) => of_chain(error, stage).unwrap_or(ErrorCode::StoreUnreachable),
        etcd_client::Error::IoError(error) => of_chain(error, stage).unwrap_or(ErrorCode::StoreUnreachable),
        etcd_client::Error::InvalidArgs(_)
        | etcd_client::Error::InvalidUri(_)
        | etcd_client::Error::EndpointError(_) => ErrorCode::ProfileInvalid,
        other => of_text(&other.to_string(), stage).unwrap_or(ErrorCode::StoreFailed),
    }
}

fn told(error: &etcd_client::Error) -> String {
    match error {
        etcd_client::Error::GRpcStatus(status) if !status.message().is_empty() => {
            let source = std::error::Error::source(status).map(in_one_line);
            match source {
                Some(source) => format!("{}: {source}", status.message()),
                None => status.message().to_owned(),
            }
        }
        etcd_client::Error::GRpcStatus(status) => in_one_line(status),
        etcd_client::Error::TransportError(error) => in_one_line(error),
        other => other.to_string(),
    }
}

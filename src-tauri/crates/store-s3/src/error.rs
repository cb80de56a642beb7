//! What can go wrong with S3, and which of the closed codes each failure is.

use std::time::Duration;

use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use greenroom_domain::diagnosis::{Stage, in_one_line, of_chain, of_text};
use greenroom_domain::{ErrorCode, Outcome};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failure of this adapter. Its `Display` says what was being done; the cause is in `source`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The profile cannot be used: the endpoint, a certificate file.
    #[error("the S3 profile cannot be used: {what}")]
    Config {
        /// What is wrong.
        what: String,
        /// Why.
        #[source]
        source: Option<Cause>,
    },
    /// No answer within the deadline.
    #[error("S3 did not answer {operation} within {limit:?}")]
    Late {
        /// What was asked.
        operation: &'static str,
        /// The deadline.
        limit: Duration,
    },
    /// A call failed.
    #[error("S3 could not do {operation} on {target}")]
    Call {
        /// What was asked.
        operation: &'static str,
        /// The bucket or key concerned.
        target: String,
        /// Which kind of failure.
        code: ErrorCode,
        /// Whether the object may have been written all the same.
        outcome: Outcome,
        /// Why.
        #[source]
        source: Cause,
    },
    /// There is no such object.
    #[error("there is no object {key:?} in bucket {bucket:?}")]
    Missing {
        /// The key.
        key: String,
        /// Where it was looked for.
        bucket: String,
    },
    /// The object is larger than what was to be read at once.
    #[error("the object {key:?} is larger than the {limit} bytes that are read at once")]
    TooLarge {
        /// The key.
        key: String,
        /// The bound, in bytes.
        limit: u64,
    },
    /// The body ended, or broke, before its announced end.
    #[error("the object {key:?} broke off while it was read")]
    Body {
        /// The key.
        key: String,
        /// Which kind of failure.
        code: ErrorCode,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The local file to be put cannot be read.
    #[error("{path} cannot be read")]
    Local {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: Cause,
    },
}

/// The SDK's error says little by itself; what the server said is put before it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Said(String);

impl Error {
    /// `target` is the key or bucket concerned.
    pub(crate) fn during<E>(operation: &'static str, target: &str) -> impl FnOnce(SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let target = target.to_owned();
        move |error| {
            let code = code_of(&error, operation);
            let outcome = match &error {
                SdkError::ConstructionFailure(_) | SdkError::ServiceError(_) => Outcome::NotDone,
                SdkError::DispatchFailure(_) if code != ErrorCode::StoreTimeout => Outcome::NotDone,
                _ => Outcome::Unknown,
            };
            let said = match error.code() {
                Some(said) => format!("{said}: {}", error.message().unwrap_or("no more was said")),
                None => in_one_line(&error),
            };
            Self::Call {
                operation,
                target,
                code,
                outcome,
                source: Box::new(Said(said)),
            }
        }
    }

    pub(crate) fn body(key: &str) -> impl Fn(aws_sdk_s3::primitives::ByteStreamError) -> Self {
        let key = key.to_owned();
        move |error| Self::Body {
            key: key.clone(),
            code: of_chain(&error, Stage::Calling).unwrap_or(ErrorCode::StoreUnreachable),
            source: Box::new(error),
        }
    }

    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Config { .. } => ErrorCode::ProfileInvalid,
            Self::Late { .. } => ErrorCode::StoreTimeout,
            Self::Call { code, .. } | Self::Body { code, .. } => *code,
            Self::Missing { .. } => ErrorCode::ObjectMissing,
            Self::TooLarge { .. } => ErrorCode::InvalidRequest,
            Self::Local { .. } => ErrorCode::LocalFile,
        }
    }

    /// What was being done.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Self::Config { .. } => "connect",
            Self::Late { operation, .. } | Self::Call { operation, .. } => operation,
            Self::Missing { .. } | Self::TooLarge { .. } | Self::Body { .. } => "object_get",
            Self::Local { .. } => "object_put",
        }
    }

    /// What became of a write that ended in this: unknown where it may have reached the server.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Late { .. } | Self::Body { .. } => Outcome::Unknown,
            Self::Call { outcome, .. } => *outcome,
            Self::Config { .. } | Self::Missing { .. } | Self::TooLarge { .. } | Self::Local { .. } => Outcome::NotDone,
        }
    }
}

/// S3's error codes: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>.
fn code_of<E>(error: &SdkError<E, HttpResponse>, operation: &str) -> ErrorCode
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let status = error.raw_response().map(|response| response.status().as_u16());
    match error.code() {
        Some(
            "InvalidAccessKeyId"
            | "SignatureDoesNotMatch"
            | "InvalidToken"
            | "ExpiredToken"
            | "TokenRefreshRequired"
            | "AuthorizationHeaderMalformed"
            | "RequestTimeTooSkewed",
        ) => return ErrorCode::StoreAuth,
        Some("AccessDenied" | "AllAccessDisabled" | "AccountProblem") => return ErrorCode::StorePermission,
        Some("NoSuchBucket" | "PermanentRedirect") => return ErrorCode::StoreSchema,
        Some("NoSuchKey" | "NotFound") => return ErrorCode::ObjectMissing,
        Some("InvalidRange") => return ErrorCode::InvalidRequest,
        Some("SlowDown" | "ServiceUnavailable" | "Busy" | "TooManyRequests" | "XMinioStorageFull") => {
            return ErrorCode::StoreBusy;
        }
        Some("RequestTimeout") => return ErrorCode::StoreTimeout,
        _ => {}
    }
    match error {
        SdkError::TimeoutError(_) => ErrorCode::StoreTimeout,
        SdkError::DispatchFailure(failure) => {
            let chain = of_chain(error, Stage::Connecting);
            match chain {
                Some(code) => code,
                None if failure.is_timeout() => ErrorCode::StoreTimeout,
                None => of_text(&in_one_line(error), Stage::Connecting).unwrap_or(ErrorCode::StoreProtocol),
            }
        }
        SdkError::ResponseError(_) => of_chain(error, Stage::Calling).unwrap_or(ErrorCode::StoreProtocol),
        SdkError::ServiceError(_) => match status {
            Some(403) => ErrorCode::StorePermission,
            // An answer to HEAD has no body to say more in.
            Some(404) if operation == "object_head" => ErrorCode::ObjectMissing,
            Some(429 | 503) => ErrorCode::StoreBusy,
            // An S3 server says what is wrong in its own words; another HTTP server does not.
            Some(400..500) if error.code().is_none() => ErrorCode::StoreProtocol,
            _ => ErrorCode::StoreFailed,
        },
        _ => ErrorCode::StoreFailed,
    }
}

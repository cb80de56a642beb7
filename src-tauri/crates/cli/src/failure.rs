//! How a command can end other than well, and what that means for the exit code and stderr.

use std::io;
use std::process::ExitCode;

use greenroom_domain::{ApiError, ErrorCode};

/// Anything but "done".
#[derive(Debug)]
pub(crate) enum Failure {
    /// It could not be done: exit 2.
    Api(Box<ApiError>),
    /// The answer, already printed, is "no": exit 1.
    No,
    /// It could not be done, and where and why is in what was printed: exit 2.
    Told,
    /// Ctrl-C: exit 130.
    Interrupted,
    /// Whoever read our output has gone: quiet, exit 0 (`greenroom … | head` is no failure).
    NobodyReads,
    /// Output could not be written for another reason.
    Output(io::Error),
}

impl Failure {
    /// A request that makes no sense.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::own(ErrorCode::InvalidRequest, message, None)
    }

    /// A failure of the command line's own making.
    pub(crate) fn own(code: ErrorCode, message: impl Into<String>, hint: Option<String>) -> Self {
        Self::Api(Box::new(ApiError {
            code,
            message: message.into(),
            retryable: code.is_retryable(),
            hint,
            diagnostic_id: String::new(),
            store: None,
            outcome: None,
        }))
    }

    /// The exit code.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::NobodyReads => ExitCode::SUCCESS,
            Self::No => ExitCode::from(1),
            Self::Api(_) | Self::Told | Self::Output(_) => ExitCode::from(2),
            Self::Interrupted => ExitCode::from(130),
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<greenroom_operations::Error> for Failure {
    fn from(error: greenroom_operations::Error) -> Self {
        ApiError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Output(error),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

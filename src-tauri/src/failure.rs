//! Failures of the shell's own making; those of use cases are converted in `operations`.

use greenroom_domain::{ApiError, ErrorCode};

/// A failure that no use case had a part in.
#[must_use]
pub fn own(code: ErrorCode, message: impl Into<String>) -> ApiError {
    ApiError {
        code,
        message: message.into(),
        retryable: code.is_retryable(),
        hint: None,
        diagnostic_id: String::new(),
        store: None,
        outcome: None,
    }
}

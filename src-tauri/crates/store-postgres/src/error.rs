//! What can go wrong between us and PostgreSQL, by operation, and which of the closed codes it is. No driver type leaves
//! the crate: the driver's error is only ever a `source`.

use std::time::Duration;

use greenroom_domain::filter::FilterError;
use greenroom_domain::{ErrorCode, Outcome};

/// A call to PostgreSQL that did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The profile's PostgreSQL part makes no sense.
    #[error("the PostgreSQL profile cannot be used: {detail}")]
    Profile {
        /// What is wrong with it.
        detail: String,
    },
    /// A filter, cursor or id makes no sense. The server was not asked.
    #[error("{operation}: the request makes no sense: {detail}")]
    Request {
        /// As `noun.verb`.
        operation: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// The server, the way to it or the driver failed.
    #[error("{operation} on PostgreSQL failed: {detail}")]
    Failed {
        /// As `noun.verb`.
        operation: &'static str,
        /// The failure in one line, without values of rows.
        detail: String,
        /// Which kind of failure.
        code: ErrorCode,
        /// What became of the change, where this was one.
        outcome: Option<Outcome>,
        /// The driver's error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// No answer before the deadline.
    #[error("{operation} on PostgreSQL had no answer within {} ms", within.as_millis())]
    Timeout {
        /// As `noun.verb`.
        operation: &'static str,
        /// The deadline.
        within: Duration,
        /// What became of the change, where this was one.
        outcome: Option<Outcome>,
    },
    /// Tables or columns of the platform are missing.
    #[error("{operation}: this is not the platform's database, it lacks {}", missing.join(", "))]
    Schema {
        /// As `noun.verb`.
        operation: &'static str,
        /// `table` or `table.column`, the first few.
        missing: Vec<String>,
    },
    /// Nothing has that id.
    #[error("{operation}: there is no {what}")]
    NotFound {
        /// As `noun.verb`.
        operation: &'static str,
        /// Which thing, as `user 42`.
        what: String,
    },
    /// The row is no longer what it was taken for. Nothing was changed.
    #[error("{operation}: {what} was changed by somebody else in between")]
    Conflict {
        /// As `noun.verb`.
        operation: &'static str,
        /// Which thing, as `user 42`.
        what: String,
    },
}

impl Error {
    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Profile { .. } => ErrorCode::ProfileInvalid,
            Self::Request { .. } => ErrorCode::InvalidRequest,
            Self::Failed { code, .. } => *code,
            Self::Timeout { .. } => ErrorCode::StoreTimeout,
            Self::Schema { .. } => ErrorCode::StoreSchema,
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::Conflict { .. } => ErrorCode::Conflict,
        }
    }

    /// What was being done, as `noun.verb`.
    #[must_use]
    pub fn operation(&self) -> &str {
        match self {
            Self::Profile { .. } => "postgres.connect",
            Self::Request { operation, .. }
            | Self::Failed { operation, .. }
            | Self::Timeout { operation, .. }
            | Self::Schema { operation, .. }
            | Self::NotFound { operation, .. }
            | Self::Conflict { operation, .. } => operation,
        }
    }

    /// What became of the change; `None`: it was a read.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Failed { outcome, .. } | Self::Timeout { outcome, .. } => *outcome,
            Self::Conflict { .. } => Some(Outcome::NotDone),
            Self::Profile { .. } | Self::Request { .. } | Self::Schema { .. } | Self::NotFound { .. } => None,
        }
    }

    /// Whether the way to the server is at fault rather than the call.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(
            self.code(),
            ErrorCode::StoreUnreachable | ErrorCode::StoreTimeout | ErrorCode::StoreProtocol
        )
    }

    pub(crate) fn filter(operation: &'static str) -> impl Fn(FilterError) -> Self {
        move |cause| Self::Request {
            operation,
            detail: cause.to_string(),
        }
    }

    pub(crate) fn request(operation: &'static str, detail: impl Into<String>) -> Self {
        Self::Request {
            operation,
            detail: detail.into(),
        }
    }

    /// A read that failed.
    pub(crate) fn read(operation: &'static str, cause: sqlx::Error) -> Self {
        let (code, detail) = classify(&cause);
        Self::Failed {
            operation,
            detail,
            code,
            outcome: None,
            source: Box::new(cause),
        }
    }

    /// Opening a connection failed. Who hangs up before the first answer speaks another protocol.
    pub(crate) fn connecting(operation: &'static str, cause: sqlx::Error) -> Self {
        if let sqlx::Error::Io(lost) = &cause
            && is_lost(lost.kind())
            && lost.get_ref().is_none()
        {
            let detail = "it hung up before it said anything: it speaks another protocol, or refuses us".to_owned();
            let code = ErrorCode::StoreProtocol;
            return Self::Failed {
                operation,
                detail,
                code,
                outcome: None,
                source: Box::new(cause),
            };
        }
        Self::read(operation, cause)
    }

    /// A write that failed once it had been sent: an error of the server's own says that nothing was changed,
    /// anything else leaves that open.
    pub(crate) fn write(operation: &'static str, cause: sqlx::Error) -> Self {
        let (code, detail) = classify(&cause);
        let outcome = Some(match &cause {
            sqlx::Error::Database(answer) if !ends_the_session(answer.code().as_deref()) => Outcome::NotDone,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Encode(_) => Outcome::NotDone,
            _ => Outcome::Unknown,
        });
        Self::Failed {
            operation,
            detail,
            code,
            outcome,
            source: Box::new(cause),
        }
    }

    /// The same failure as that of a change which was certainly not made.
    pub(crate) fn not_done(self) -> Self {
        self.with_outcome(Outcome::NotDone)
    }

    pub(crate) fn with_outcome(mut self, became: Outcome) -> Self {
        if let Self::Failed { outcome, .. } | Self::Timeout { outcome, .. } = &mut self {
            *outcome = Some(became);
        }
        self
    }
}

/// Shutdown and crash codes (class 57P): the statement may have been committed before the session was ended.
fn ends_the_session(sqlstate: Option<&str>) -> bool {
    sqlstate.is_some_and(|code| code.starts_with("57P"))
}

fn classify(cause: &sqlx::Error) -> (ErrorCode, String) {
    match cause {
        sqlx::Error::Database(answer) => {
            let sqlstate = answer.code().unwrap_or_default().into_owned();
            let code = by_sqlstate(&sqlstate, answer.message());
            (
                code,
                format!("{} (SQLSTATE {sqlstate})", in_words(code, &sqlstate, answer.message())),
            )
        }
        sqlx::Error::Io(cause) => by_io(cause),
        sqlx::Error::Tls(cause) => by_tls(cause.as_ref()),
        sqlx::Error::Protocol(_) => (
            ErrorCode::StoreProtocol,
            "what answers there does not speak PostgreSQL's protocol".to_owned(),
        ),
        sqlx::Error::PoolTimedOut => (ErrorCode::StoreTimeout, "no connection could be had in time".to_owned()),
        sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            (ErrorCode::StoreDown, "the connection was closed".to_owned())
        }
        sqlx::Error::Configuration(cause) => (ErrorCode::ProfileInvalid, cause.to_string()),
        sqlx::Error::ColumnNotFound(column) => (ErrorCode::StoreSchema, format!("column {column} is missing")),
        sqlx::Error::ColumnDecode { index, .. } => (
            ErrorCode::Undecodable,
            format!("column {index} is not of the type it should be"),
        ),
        sqlx::Error::Decode(_) | sqlx::Error::TypeNotFound { .. } => (
            ErrorCode::Undecodable,
            "a value is not of the type it should be".to_owned(),
        ),
        sqlx::Error::Encode(_) | sqlx::Error::InvalidArgument(_) => (
            ErrorCode::InvalidRequest,
            "a value cannot be sent to PostgreSQL".to_owned(),
        ),
        _ => (ErrorCode::StoreFailed, "the driver failed".to_owned()),
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn by_sqlstate(sqlstate: &str, message: &str) -> ErrorCode {
    match sqlstate {
        "28000" if message.contains("no encryption") || message.contains("SSL off") => ErrorCode::StoreProtocol,
        "28P01" | "28000" => ErrorCode::StoreAuth,
        "42501" => ErrorCode::StorePermission,
        "3D000" | "3F000" | "42P01" | "42703" | "42883" | "42804" => ErrorCode::StoreSchema,
        "57014" => ErrorCode::StoreTimeout,
        "23505" | "40001" | "40P01" => ErrorCode::Conflict,
        "25006" | "55P03" | "57P03" => ErrorCode::StoreBusy,
        "57P01" | "57P02" | "57P04" | "57P05" => ErrorCode::StoreUnreachable,
        _ => match sqlstate.get(..2) {
            Some("53") => ErrorCode::StoreBusy,
            Some("08") => ErrorCode::StoreProtocol,
            Some("22") => ErrorCode::InvalidRequest,
            _ => ErrorCode::StoreFailed,
        },
    }
}

/// In our words where the server's could hold a row's values, in the server's where they name tables, columns and roles only.
fn in_words(code: ErrorCode, sqlstate: &str, message: &str) -> String {
    match (code, sqlstate) {
        (ErrorCode::StoreTimeout, _) => "the server stopped it at the statement timeout".to_owned(),
        (ErrorCode::StoreBusy, "55P03") => "somebody else holds the lock".to_owned(),
        (ErrorCode::StoreBusy, "25006") => "the server is read-only (a replica)".to_owned(),
        (ErrorCode::StoreBusy, _) => format!("the server refuses work just now: {message}"),
        (ErrorCode::Conflict, "23505") => "another row has that value already".to_owned(),
        (ErrorCode::Conflict, _) => "it collided with another transaction".to_owned(),
        (ErrorCode::InvalidRequest, _) => "a value cannot be taken by PostgreSQL".to_owned(),
        (ErrorCode::StoreFailed, _) => "the server refused it".to_owned(),
        _ => message.to_owned(),
    }
}

fn by_io(cause: &std::io::Error) -> (ErrorCode, String) {
    use std::io::ErrorKind;
    if let Some(tls) = cause.get_ref().and_then(|inner| find::<rustls::Error>(inner)) {
        return by_rustls(tls);
    }
    match cause.kind() {
        ErrorKind::TimedOut => (ErrorCode::StoreTimeout, "no answer".to_owned()),
        ErrorKind::InvalidData => (
            ErrorCode::StoreProtocol,
            "what answers there does not speak PostgreSQL's protocol".to_owned(),
        ),
        kind if is_lost(kind) => (ErrorCode::StoreUnreachable, "the connection was lost".to_owned()),
        ErrorKind::ConnectionRefused => (ErrorCode::StoreUnreachable, "nothing listens there".to_owned()),
        _ => (ErrorCode::StoreUnreachable, cause.to_string()),
    }
}

fn is_lost(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind;
    matches!(
        kind,
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe
    )
}

fn by_tls(cause: &(dyn std::error::Error + 'static)) -> (ErrorCode, String) {
    if let Some(tls) = find::<rustls::Error>(cause) {
        return by_rustls(tls);
    }
    let text = cause.to_string();
    if text.contains("does not support TLS") {
        return (
            ErrorCode::StoreProtocol,
            "the server speaks plain text, the profile asks for TLS".to_owned(),
        );
    }
    (ErrorCode::StoreTlsUntrusted, text)
}

fn by_rustls(cause: &rustls::Error) -> (ErrorCode, String) {
    use rustls::CertificateError as Bad;
    match cause {
        rustls::Error::InvalidCertificate(
            Bad::Expired | Bad::ExpiredContext { .. } | Bad::NotValidYet | Bad::NotValidYetContext { .. },
        ) => (
            ErrorCode::StoreTlsExpired,
            "the server's certificate has expired or is not valid yet".to_owned(),
        ),
        rustls::Error::InvalidCertificate(why) => (
            ErrorCode::StoreTlsUntrusted,
            format!("the server's certificate is not trusted: {why}"),
        ),
        rustls::Error::AlertReceived(alert) => (
            ErrorCode::StoreTlsUntrusted,
            format!("the server refused the TLS handshake: {alert:?}"),
        ),
        rustls::Error::InvalidMessage(_) => (
            ErrorCode::StoreProtocol,
            "what answers there does not speak TLS".to_owned(),
        ),
        other => (ErrorCode::StoreTlsUntrusted, other.to_string()),
    }
}

/// The first error of type `E` in a chain.
fn find<'a, E: std::error::Error + 'static>(mut cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a E> {
    loop {
        if let Some(found) = cause.downcast_ref::<E>() {
            return Some(found);
        }
        if let Some(inner) = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .map(|inner| inner as &'a _)
        {
            cause = inner;
            continue;
        }
        cause = cause.source()?;
    }
}

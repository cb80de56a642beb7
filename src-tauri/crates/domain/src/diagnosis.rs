//! What a failed connection or call means, told from the chain of causes a driver left us.
//!
//! Drivers wrap the same few failures (refused, unresolved, late, untrusted, expired, another protocol) in a dozen ways,
//! some of them only as text. This is the one place that tells them apart; it knows no driver. What a server said in
//! its own protocol (a wrong password, a missing right) is each adapter's own business and comes first there.

use std::error::Error;
use std::io;

use crate::error::ErrorCode;

/// Whether the failure happened before the first answer or after.
///
/// A server that hangs up during the handshake speaks another protocol; one that hangs up later is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing sensible has been heard of the server yet.
    Connecting,
    /// The connection had worked.
    Calling,
}

/// What the chain says, the most telling cause first; `None` where nothing in it is known.
#[must_use]
pub fn of_chain(error: &(dyn Error + 'static), stage: Stage) -> Option<ErrorCode> {
    let mut found = None;
    let mut cause = Some(error);
    while let Some(error) = cause {
        let here = of_text(&error.to_string(), stage).or_else(|| {
            error
                .downcast_ref::<io::Error>()
                .and_then(|error| of_io(error.kind(), stage))
        });
        // A certificate is more telling than the broken connection it led to, wherever in the chain it stands.
        if matches!(here, Some(ErrorCode::StoreTlsExpired | ErrorCode::StoreTlsUntrusted)) {
            return here;
        }
        found = found.or(here);
        cause = error.source();
    }
    found
}

/// What a text of a driver, of rustls or of the operating system says.
#[must_use]
pub fn of_text(text: &str, stage: Stage) -> Option<ErrorCode> {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&[
        "certificate expired",
        "certificate: expired",
        "certificateexpired",
        "notvalidyet",
        "not valid yet",
        "certificate has expired",
    ]) {
        return Some(ErrorCode::StoreTlsExpired);
    }
    if says(&["alert: certificaterequired", "alert: certificate required"]) {
        return Some(ErrorCode::StoreAuth);
    }
    if says(&[
        "invalid peer certificate",
        "unknownissuer",
        "unknown issuer",
        "notvalidforname",
        "unknownca",
    ]) {
        return Some(ErrorCode::StoreTlsUntrusted);
    }
    if says(&[
        "corrupt message",
        "invalidcontenttype",
        "received fatal alert",
        "peer is incompatible",
        "handshake eof",
    ]) {
        return Some(ErrorCode::StoreProtocol);
    }
    if says(&[
        "connection refused",
        "failed to lookup address",
        "dns error",
        "dnserror",
        "name or service not known",
        "no such host",
        "network is unreachable",
        "no route to host",
        "nodename nor servname",
    ]) {
        return Some(ErrorCode::StoreUnreachable);
    }
    if says(&[
        "connection reset",
        "broken pipe",
        "unexpected eof",
        "end of file",
        "unexpectedeof",
        "connection closed",
    ]) {
        return Some(hung_up(stage));
    }
    says(&["timed out", "timeout", "deadline"]).then_some(ErrorCode::StoreTimeout)
}

fn of_io(kind: io::ErrorKind, stage: Stage) -> Option<ErrorCode> {
    Some(match kind {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => ErrorCode::StoreUnreachable,
        io::ErrorKind::TimedOut => ErrorCode::StoreTimeout,
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::NotConnected => hung_up(stage),
        _ => return None,
    })
}

fn hung_up(stage: Stage) -> ErrorCode {
    match stage {
        Stage::Connecting => ErrorCode::StoreProtocol,
        Stage::Calling => ErrorCode::StoreUnreachable,
    }
}

/// The chain's causes in one line, outermost first, each said once.
#[must_use]
pub fn in_one_line(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !line.contains(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        cause = error.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the driver gave up")]
    struct Driver(#[source] io::Error);

    fn told(error: io::Error, stage: Stage) -> Option<ErrorCode> {
        of_chain(&Driver(error), stage)
    }

    #[test]
    fn a_server_that_hangs_up_in_the_handshake_speaks_another_protocol_and_one_that_does_later_is_gone() {
        let reset = || io::Error::from(io::ErrorKind::ConnectionReset);
        assert_eq!(told(reset(), Stage::Connecting), Some(ErrorCode::StoreProtocol));
        assert_eq!(told(reset(), Stage::Calling), Some(ErrorCode::StoreUnreachable));
    }

    #[test]
    fn a_certificate_is_more_telling_than_what_wraps_it() {
        let expired = io::Error::other(Driver(io::Error::other("invalid peer certificate: Expired")));
        let wrapped = io::Error::new(io::ErrorKind::ConnectionAborted, Driver(expired));
        assert_eq!(told(wrapped, Stage::Connecting), Some(ErrorCode::StoreTlsExpired));
        let unknown = io::Error::other("invalid peer certificate: UnknownIssuer");
        assert_eq!(told(unknown, Stage::Connecting), Some(ErrorCode::StoreTlsUntrusted));
    }

    #[test]
    fn a_cause_is_said_once() {
        let error = Driver(io::Error::other("refused"));
        assert_eq!(in_one_line(&error), "the driver gave up: refused");
    }
}

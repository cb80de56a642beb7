//! What to do next about a failure, in English, where there is more to say than its code says. No logic lives here.

use greenroom_domain::{ErrorCode, StoreKind};

pub(crate) const UNKNOWN_OUTCOME: &str =
    "Look at what is there before trying again: the change may have taken effect. It is never repeated by itself.";
pub(crate) const AUDIT: &str = "Every change is recorded before it is made. Bring PostgreSQL back (and run `greenroom migrate` on a new deployment), \
     then try again.";

/// Advice by code, sharpened by store.
pub(crate) fn of(code: ErrorCode, store: Option<StoreKind>) -> Option<&'static str> {
    Some(match (code, store) {
        (ErrorCode::StoreUnreachable, _) => {
            "Check the address and port in the profile, and that the server runs and a firewall lets us through."
        }
        (ErrorCode::StoreTimeout, _) => {
            "The server may be overloaded, frozen or behind a firewall that drops packets. The other stores go on working."
        }
        (ErrorCode::StoreAuth, Some(StoreKind::S3)) => "Check the access key id in the profile and its secret key.",
        (ErrorCode::StoreAuth, _) => {
            "Check the user in the profile and its password; a TLS-only server may also ask for a client certificate."
        }
        (ErrorCode::StorePermission, _) => "Ask for the right this needs, or use a profile with another user.",
        (ErrorCode::StoreTlsUntrusted, _) => {
            "Name the CA that signed the server's certificate in the profile, and check that the host name is one the certificate is for."
        }
        (ErrorCode::StoreTlsExpired, _) => {
            "The server's certificate has to be renewed. If it should be valid, check this machine's clock."
        }
        (ErrorCode::StoreProtocol, _) => {
            "Check the port, and whether TLS is on in the profile exactly when the server wants it."
        }
        (ErrorCode::StoreSchema, Some(StoreKind::S3)) => {
            "Check the bucket's name in the profile; on a new deployment, `greenroom seed --demo` creates it."
        }
        (ErrorCode::StoreSchema, _) => {
            "Check the database's name in the profile; on an empty database, run `greenroom migrate`."
        }
        (ErrorCode::ProfileInvalid, _) => "Correct the profile; the file or field is named in the message.",
        (ErrorCode::ObjectMissing, _) => {
            "The recording may still be uploading, or its object was deleted. The row was left as it is."
        }
        _ => return None,
    })
}

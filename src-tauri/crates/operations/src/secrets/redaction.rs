//! Keeps secrets out of messages and logs, whatever put them there.

use std::collections::BTreeSet;
use std::sync::{OnceLock, PoisonError, RwLock};

use secrecy::{ExposeSecret, SecretString};

/// Shorter ones would black out ordinary words.
const SHORTEST: usize = 4;
const SHOWN: &str = "••••";

fn known() -> &'static RwLock<BTreeSet<String>> {
    static KNOWN: OnceLock<RwLock<BTreeSet<String>>> = OnceLock::new();
    KNOWN.get_or_init(RwLock::default)
}

/// From now on [`redacted`] knows this secret.
pub(super) fn never_show(secret: &SecretString) {
    let secret = secret.expose_secret();
    if secret.len() >= SHORTEST {
        known()
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(secret.to_owned());
    }
}

/// `text` without any secret this process has ever held, and without the password of any address in it.
#[must_use]
pub fn redacted(text: &str) -> String {
    let mut text = without_userinfo(text);
    for secret in known().read().unwrap_or_else(PoisonError::into_inner).iter().rev() {
        if text.contains(secret.as_str()) {
            text = text.replace(secret.as_str(), SHOWN);
        }
    }
    text
}

/// `scheme://user:password@host` becomes `scheme://user:••••@host`.
fn without_userinfo(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (head, tail) = rest.split_at(at + 3);
        out.push_str(head);
        let end = tail
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '?' | ')'))
            .unwrap_or(tail.len());
        let (authority, after) = tail.split_at(end);
        match authority
            .rsplit_once('@')
            .map(|(user, host)| (user.split_once(':').map_or(user, |(user, _)| user), host))
        {
            Some((user, host)) => out.extend([user, ":", SHOWN, "@", host]),
            None => out.push_str(authority),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_secret_and_an_addresss_password_are_blacked_out() {
        never_show(&SecretString::from("s3cr3t-Ω"));
        let text = redacted("redis://admin:hunter2@host:1/0 said \"s3cr3t-Ω\" is wrong; see https://a.b/c@d");
        assert_eq!(
            text,
            "redis://admin:••••@host:1/0 said \"••••\" is wrong; see https://a.b/c@d"
        );
    }
}

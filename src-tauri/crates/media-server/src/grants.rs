//! The table of grants: token to source, with an end that moves while it is used. It does not check who asks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use greenroom_domain::Timestamp;

use crate::source::{Facts, Source};

/// Bytes of randomness in a token.
const TOKEN_BYTES: usize = 32;
/// What [`TOKEN_BYTES`] come to in the path.
pub(crate) const TOKEN_CHARS: usize = 43;
/// Grants kept at once; beyond it the one nearest its end goes. A page of a thousand thumbnails fits many times.
const MOST_GRANTS: usize = 16_384;

/// An address for one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// `http://127.0.0.1:PORT/TOKEN/NAME`.
    pub url: String,
    /// When it stops working, unless it is used until then.
    pub expires_at: Timestamp,
    token: String,
}

impl Grant {
    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

/// One granted source.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) source: Source,
    name: String,
    ttl: Duration,
    ends: Mutex<Instant>,
    /// What the last look at the source said of it.
    pub(crate) facts: Mutex<Option<Facts>>,
}

impl Entry {
    /// Moves the end: it was used just now.
    pub(crate) fn touch(&self) {
        *lock(&self.ends) = Instant::now() + self.ttl;
    }

    fn ends(&self) -> Instant {
        *lock(&self.ends)
    }

    /// The file name that stands after the token in the address.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn known_facts(&self) -> Option<Facts> {
        lock(&self.facts).clone()
    }

    pub(crate) fn remember(&self, facts: Option<Facts>) {
        *lock(&self.facts) = facts;
    }
}

#[derive(Debug, Default)]
pub(crate) struct Grants(Mutex<HashMap<String, Arc<Entry>>>);

impl Grants {
    pub(crate) fn add(&self, host: &str, source: Source, ttl: Duration) -> Grant {
        let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; TOKEN_BYTES]>());
        let name = plain_name(source.name());
        let now = Instant::now();
        let entry = Entry {
            source,
            name,
            ttl,
            ends: Mutex::new(now + ttl),
            facts: Mutex::new(None),
        };
        let grant = Grant {
            url: format!("http://{host}/{token}/{}", entry.name),
            expires_at: chrono::Utc::now() + chrono::Duration::from_std(ttl).unwrap_or(chrono::Duration::MAX),
            token: token.clone(),
        };
        let mut table = lock(&self.0);
        table.retain(|_, entry| entry.ends() > now);
        if table.len() >= MOST_GRANTS {
            let first_to_end = table
                .iter()
                .min_by_key(|(_, entry)| entry.ends())
                .map(|(token, _)| token.clone());
            if let Some(token) = first_to_end {
                table.remove(&token);
            }
        }
        table.insert(token, Arc::new(entry));
        grant
    }

    /// The source behind a token, where it is known and has not expired; its end moves.
    pub(crate) fn find(&self, token: &str) -> Option<Arc<Entry>> {
        let entry = lock(&self.0).get(token).cloned()?;
        if entry.ends() <= Instant::now() {
            self.remove(token);
            return None;
        }
        entry.touch();
        Some(entry)
    }

    pub(crate) fn remove(&self, token: &str) {
        lock(&self.0).remove(token);
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }
}

/// A file name of characters that mean nothing in an address, so that a player outside shows something readable.
fn plain_name(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c
            } else {
                '_'
            }
        })
        .take(96)
        .collect();
    if plain.trim_matches(['.', '_']).is_empty() {
        "media".to_owned()
    } else {
        plain
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes() -> Source {
        Source::bytes("a.jpg", "image/jpeg", "x")
    }

    #[test]
    fn a_token_is_256_bits_and_never_the_same() {
        let grants = Grants::default();
        let one = grants.add("127.0.0.1:1", bytes(), Duration::from_secs(9));
        let two = grants.add("127.0.0.1:1", bytes(), Duration::from_secs(9));
        assert_eq!(one.token.len(), TOKEN_CHARS);
        assert_ne!(one.token, two.token);
        assert_eq!(one.url, format!("http://127.0.0.1:1/{}/a.jpg", one.token));
    }

    #[test]
    fn an_expired_grant_is_not_found_and_a_used_one_lives_on() {
        let grants = Grants::default();
        let gone = grants.add("h", bytes(), Duration::ZERO);
        assert!(grants.find(gone.token()).is_none());
        let kept = grants.add("h", bytes(), Duration::from_secs(60));
        let before = grants.find(kept.token()).unwrap().ends();
        assert!(grants.find(kept.token()).unwrap().ends() >= before);
    }

    #[test]
    fn a_name_in_an_address_holds_nothing_but_plain_characters() {
        assert_eq!(plain_name("recordings/meeting_1/录制 1?.mp4"), "___1_.mp4");
        assert_eq!(plain_name("a/.."), "media");
        assert_eq!(plain_name(""), "media");
    }
}

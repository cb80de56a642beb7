//! Places of the audit chains this machine has seen, kept in a file of ours: who empties the trail in the database, its head
//! included, is found out by it. It is a witness, not a copy: no entry's content is in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use greenroom_domain::Timestamp;
use greenroom_store_postgres::audit::AuditHead;
use serde::{Deserialize, Serialize};

use crate::places::Places;

/// How many places are kept per chain; the older half is thinned out beyond that.
const KEPT: usize = 128;
/// How many databases are remembered; the one not heard of for longest goes first.
const CHAINS: usize = 200;
/// The file of places seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    path: PathBuf,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Contents {
    /// By the database's identity.
    chains: BTreeMap<String, Chain>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Chain {
    /// When a place was last noted.
    noted_at: Timestamp,
    /// Number of the entry, its hash.
    places: BTreeMap<i64, String>,
}

impl Heads {
    /// This user's own.
    #[must_use]
    pub fn of_user() -> Self {
        Self::at(&Places::of_user().state.join("audit-heads.json"))
    }

    /// Another file.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// The places seen of a chain, oldest first. A file that cannot be read is none.
    #[must_use]
    pub fn seen(&self, identity: &str) -> Vec<AuditHead> {
        let mut contents = self.read();
        let chain = contents.chains.remove(identity).unwrap_or_default();
        chain
            .places
            .into_iter()
            .map(|(seq, hash)| AuditHead { seq, hash })
            .collect()
    }

    /// Notes one more place. What was noted before is never replaced: it is what the chain is held against. A file that cannot be
    /// written is logged; the trail itself does not depend on it.
    pub fn remember(&self, identity: &str, head: &AuditHead) {
        if let Err(cause) = self.try_remember(identity, head) {
            tracing::warn!(path = %self.path.display(), %cause, "the audit trail's head was not noted on this machine");
        }
    }

    fn try_remember(&self, identity: &str, head: &AuditHead) -> std::io::Result<()> {
        let folder = self.path.parent().unwrap_or_else(|| Path::new("."));
        std::fs::create_dir_all(folder)?;
        // One writer at a time, in this process and others; given back when the handle is dropped.
        let turn = std::fs::File::create(self.path.with_extension("lock"))?;
        turn.lock()?;
        let mut contents = self.read();
        let chain = contents.chains.entry(identity.to_owned()).or_default();
        if chain.places.contains_key(&head.seq) {
            return Ok(());
        }
        chain.noted_at = chrono::Utc::now();
        chain.places.insert(head.seq, head.hash.clone());
        thin_out(&mut chain.places);
        if contents.chains.len() > CHAINS {
            let oldest = contents.chains.iter().min_by_key(|(_, chain)| chain.noted_at);
            if let Some(identity) = oldest.map(|(identity, _)| identity.clone()) {
                contents.chains.remove(&identity);
            }
        }
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, &contents)?;
        file.persist(&self.path).map_err(|failed| failed.error)?;
        Ok(())
    }

    fn read(&self) -> Contents {
        std::fs::read(&self.path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }
}

/// Every second place of the older half goes once there are too many; the first and the last always stay.
fn thin_out(places: &mut BTreeMap<i64, String>) {
    if places.len() > KEPT {
        let older: Vec<i64> = places.keys().copied().take(KEPT / 2).skip(1).step_by(2).collect();
        for seq in older {
            places.remove(&seq);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(seq: i64, hash: &str) -> AuditHead {
        AuditHead {
            seq,
            hash: hash.to_owned(),
        }
    }

    #[test]
    fn a_place_once_seen_is_never_replaced_and_chains_are_kept_apart() {
        let folder = tempfile::tempdir().unwrap();
        let heads = Heads::at(&folder.path().join("deep/heads.json"));
        heads.remember("a", &head(1, "one"));
        heads.remember("a", &head(1, "forged"));
        heads.remember("b", &head(1, "other"));
        assert_eq!(heads.seen("a"), [head(1, "one")]);
        assert_eq!(heads.seen("b"), [head(1, "other")]);
        assert_eq!(heads.seen("c"), []);
    }

    #[test]
    fn the_file_stays_small_and_keeps_its_first_and_last_place() {
        let folder = tempfile::tempdir().unwrap();
        let heads = Heads::at(&folder.path().join("heads.json"));
        for seq in 1..=400 {
            heads.remember("a", &head(seq, "x"));
        }
        let seen = heads.seen("a");
        assert!(seen.len() <= KEPT, "{}", seen.len());
        assert_eq!((seen[0].seq, seen[seen.len() - 1].seq), (1, 400));
    }
}

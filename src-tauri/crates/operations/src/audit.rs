//! Reading the audit trail, and walking its chain from the first entry to the last to see whether it still holds.
//! Writing to it is `write`'s alone.

pub mod heads;

use greenroom_domain::Page;
use greenroom_domain::access::Caller;
use greenroom_domain::audit::{AuditBreak, AuditBreakKind, AuditEntry, AuditListRequest, AuditVerification};
use greenroom_domain::id::AuditSeq;
use greenroom_store_postgres::audit::{AuditHead, AuditLink, GENESIS};

use crate::connections::Stores;
use crate::error::Error;
use heads::Heads;

/// Entries per question while the chain is walked.
const BATCH: u32 = 1_000;
/// How many breaks are told.
const BREAKS: usize = 100;

/// One page of the trail, newest first.
///
/// # Errors
/// What PostgreSQL failed with.
pub async fn list(stores: &Stores, _: &Caller, request: AuditListRequest) -> Result<Page<AuditEntry>, Error> {
    Ok(stores.postgres().await?.audit_list(&request).await?)
}

/// One entry.
///
/// # Errors
/// `NotFound`, or what PostgreSQL failed with.
pub async fn get(stores: &Stores, _: &Caller, seq: AuditSeq) -> Result<AuditEntry, Error> {
    Ok(stores.postgres().await?.audit_get(seq).await?)
}

/// Walks the whole chain: each entry's hash computed again, each entry following the one before, none missing, and the end where
/// the database's own note and this machine's notes say it was.
/// Cost: reads the whole trail, 1,000 entries at a time.
///
/// # Errors
/// What PostgreSQL failed with. A broken chain is no error but a finding.
pub async fn verify(stores: &Stores, caller: &Caller) -> Result<AuditVerification, Error> {
    verify_against(stores, caller, &Heads::of_user()).await
}

/// [`verify`], held against another file of places seen.
///
/// # Errors
/// Those of [`verify`].
pub async fn verify_against(stores: &Stores, _: &Caller, heads: &Heads) -> Result<AuditVerification, Error> {
    let postgres = stores.postgres().await?;
    let identity = postgres.identity().await?;
    // Read before the walk: what is appended meanwhile is then neither missed nor taken for cut off.
    let seen = heads.seen(&identity);
    let noted = postgres.audit_head().await?;
    let mut walk = Walk::new(seen, noted);
    loop {
        let links = postgres.audit_links(walk.last.seq, BATCH).await?;
        let ended = links.len() < BATCH as usize;
        for link in links {
            walk.step(&link);
        }
        if ended {
            break;
        }
    }
    let verification = walk.end();
    if verification.intact
        && let (Some(seq), Some(hash)) = (verification.head, verification.head_hash.clone())
    {
        heads.remember(&identity, &AuditHead { seq: seq.0, hash });
    }
    Ok(verification)
}

/// The walk's state: the last entry seen, and what has been found.
#[derive(Debug)]
struct Walk {
    last: AuditHead,
    /// Places known from elsewhere, by number, those still ahead.
    known: std::iter::Peekable<std::vec::IntoIter<AuditHead>>,
    /// The database's own note of the end is gone: whoever removed it had something to hide.
    unnoted: bool,
    checked: u32,
    breaks: Vec<AuditBreak>,
}

impl Walk {
    fn new(seen: Vec<AuditHead>, noted: Option<AuditHead>) -> Self {
        let unnoted = noted.is_none();
        let mut known: Vec<AuditHead> = seen.into_iter().chain(noted).filter(|place| place.seq > 0).collect();
        known.sort_by_key(|place| place.seq);
        Self {
            last: AuditHead {
                seq: 0,
                hash: GENESIS.to_owned(),
            },
            known: known.into_iter().peekable(),
            unnoted,
            checked: 0,
            breaks: Vec::new(),
        }
    }

    fn step(&mut self, link: &AuditLink) {
        let gap = link.seq > self.last.seq + 1;
        for seq in (self.last.seq + 1..link.seq).take(BREAKS) {
            self.found(seq, AuditBreakKind::Missing);
        }
        let contradicted = self.is_contradicted(link);
        // After a gap there is nothing to follow from.
        if !gap && link.previous_hash != self.last.hash {
            self.found(link.seq, AuditBreakKind::Reordered);
        } else if link.computed != link.hash || contradicted {
            self.found(link.seq, AuditBreakKind::Edited);
        }
        self.last = AuditHead {
            seq: link.seq,
            hash: link.hash.clone(),
        };
        self.checked = self.checked.saturating_add(1);
    }

    /// Whether this entry is known to have had another hash: the chain was made anew from here or before.
    fn is_contradicted(&mut self, link: &AuditLink) -> bool {
        let mut contradicted = false;
        while let Some(known) = self.known.next_if(|known| known.seq <= link.seq) {
            contradicted |= known.seq == link.seq && known.hash != link.hash;
        }
        contradicted
    }

    fn end(mut self) -> AuditVerification {
        let last = self.last.clone();
        if self.unnoted || self.known.next().is_some() {
            self.found(last.seq + 1, AuditBreakKind::CutOff);
        }
        AuditVerification {
            intact: self.breaks.is_empty(),
            checked: self.checked,
            head: (last.seq > 0).then_some(AuditSeq(last.seq)),
            head_hash: (last.seq > 0).then_some(last.hash),
            breaks: self.breaks,
            as_of: chrono::Utc::now(),
        }
    }

    fn found(&mut self, seq: i64, kind: AuditBreakKind) {
        if self.breaks.len() < BREAKS {
            self.breaks.push(AuditBreak {
                seq: AuditSeq(seq),
                kind,
            });
        }
    }
}

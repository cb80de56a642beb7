//! The audit trail: what was changed, by whom, why; append-only and chained by hashes.

use serde::{Deserialize, Serialize};

use crate::access::Actor;
use crate::error::Outcome;
use crate::id::AuditSeq;
use crate::page::PageRequest;
use crate::value::{Json, StoreKind, Timestamp};

/// One entry of the chain. A change makes two: its intent before it is applied, its outcome after.
/// An intent without an outcome means that we were cut off in between, and that is what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct AuditEntry {
    /// Its place in the chain.
    pub seq: AuditSeq,
    /// Ties the intent and the outcome of one change together (a ULID).
    pub change_id: String,
    /// Which of the two this is.
    pub phase: AuditPhase,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done, as `noun_verb`.
    pub action: String,
    /// To which store.
    pub store: StoreKind,
    /// To what: `user 42`, a key, an object.
    pub target: String,
    /// Why, in the admin's words.
    pub reason: Option<String>,
    /// The state before, secrets redacted.
    pub before: Option<Json>,
    /// The state asked for (intent) or reached (outcome), secrets redacted.
    pub after: Option<Json>,
    /// What became of it; on the outcome entry.
    pub outcome: Option<Outcome>,
    /// The failure's diagnostic id and message; on the outcome entry.
    pub failure: Option<String>,
    /// SHA-256 of the entry before, hex; 64 zeros for the first.
    pub previous_hash: String,
    /// SHA-256 over `previous_hash` and this entry's canonical JSON, hex.
    pub hash: String,
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum AuditPhase {
    /// About to be applied.
    Intent,
    /// Applied, or not.
    Outcome,
}

/// A page of the trail, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AuditListRequest {
    /// Substring of action, target, actor or reason.
    pub search: Option<String>,
    /// How many, after what.
    pub page: PageRequest,
}

/// What walking the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AuditVerification {
    /// Whether every entry is where and what it was.
    pub intact: bool,
    /// Entries walked.
    pub checked: u32,
    /// The last entry's place.
    pub head: Option<AuditSeq>,
    /// The last entry's hash.
    pub head_hash: Option<String>,
    /// The breaks, first 100.
    pub breaks: Vec<AuditBreak>,
    /// When it was walked.
    pub as_of: Timestamp,
}

/// One place where the chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AuditBreak {
    /// Where.
    pub seq: AuditSeq,
    /// What is wrong there.
    pub kind: AuditBreakKind,
}

/// How a chain can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum AuditBreakKind {
    /// The entry's content does not give its hash.
    Edited,
    /// No entry has this number, though later ones exist.
    Missing,
    /// The entry does not follow from the one before it.
    Reordered,
    /// Entries known to have existed at the end are gone.
    CutOff,
}

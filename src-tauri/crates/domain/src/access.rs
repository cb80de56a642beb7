//! Who calls, through which profile, and what they may do: the safety rungs.

use serde::{Deserialize, Serialize};

use crate::value::Timestamp;

/// How far the caller may go just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Look only. The default in a production profile.
    Observe,
    /// Change things. Falls back to `Observe` after 15 idle minutes in a production profile.
    Edit,
}

/// The rung as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RungState {
    /// Where we stand.
    pub rung: Rung,
    /// When it falls back to `Observe`, where it does.
    pub falls_back_at: Option<Timestamp>,
    /// The profile is `read_only`: `Edit` cannot be had.
    pub read_only: bool,
}

/// Who a call is made for. Until sign-in exists: the operating system's user and the profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
pub struct Actor {
    /// The operating system's user name.
    pub os_user: String,
    /// This machine's name.
    pub host: String,
    /// The profile in use.
    pub profile: String,
    /// `desktop`, `cli` or `agent`.
    pub face: String,
}

/// A call's right to be made, handed down to the use case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// How far they may go.
    pub rung: Rung,
    /// The profile forbids every write.
    pub read_only: bool,
}

/// Stands for "this write was authorised and its intent is in the audit trail".
///
/// Every adapter function that changes a store takes one. Only `operations::write` issues them
/// (`tests/tidy.rs` holds every other caller of [`WritePermit::issue`] against that).
#[derive(Debug)]
pub struct WritePermit(());

impl WritePermit {
    /// For `operations::write` alone.
    #[must_use]
    pub fn issue() -> Self {
        Self(())
    }
}

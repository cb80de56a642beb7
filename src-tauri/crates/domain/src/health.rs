//! How each store is, and what it said of itself.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::value::{SizeBytes, StoreKind, Timestamp};

/// Whether a store can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum StoreState {
    /// First attempt under way.
    Connecting,
    /// Answers.
    Up,
    /// Answers, with a warning in `detail`.
    Degraded,
    /// Does not answer; `problem` says why.
    Down,
}

/// One store's state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StoreHealth {
    /// Which store.
    pub store: StoreKind,
    /// How it is.
    pub state: StoreState,
    /// The last probe's round trip in milliseconds.
    pub latency_ms: Option<u32>,
    /// The server's own version text.
    pub version: Option<String>,
    /// `primary`, `replica`, `leader`, `standalone`, …
    pub role: Option<String>,
    /// Whether the connection is encrypted.
    pub tls: bool,
    /// Where it is: addresses as configured, without credentials.
    pub address: String,
    /// A warning or the failure in one English line.
    pub detail: Option<String>,
    /// What is wrong, where it is down, or degraded because it refused what a probe asks.
    pub problem: Option<ApiError>,
    /// Since when it is in this state.
    pub since: Timestamp,
    /// When the next attempt is made, where it is down.
    pub next_attempt_at: Option<Timestamp>,
    /// Connections in use and the pool's limit, where the driver tells.
    pub pool: Option<PoolUse>,
    /// What it holds: the platform's database, bucket or keyspace, where that is cheap to ask.
    pub holds_bytes: Option<SizeBytes>,
}

/// How much of a pool is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PoolUse {
    /// Connections open.
    pub open: u32,
    /// Of these, idle.
    pub idle: u32,
    /// The limit.
    pub limit: u32,
}

/// All five stores at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Health {
    /// In the order of [`StoreKind::ALL`].
    pub stores: Vec<StoreHealth>,
    /// When this was put together.
    pub as_of: Timestamp,
}

impl Health {
    /// One store's.
    #[must_use]
    pub fn of(&self, store: StoreKind) -> Option<&StoreHealth> {
        self.stores.iter().find(|health| health.store == store)
    }

    /// One store's, to be brought up to date.
    pub fn of_mut(&mut self, store: StoreKind) -> Option<&mut StoreHealth> {
        self.stores.iter_mut().find(|health| health.store == store)
    }
}

/// What an adapter learns of its server by one probe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Probe {
    /// Round trip in milliseconds.
    pub latency_ms: u32,
    /// The server's own version text.
    pub version: Option<String>,
    /// Its part in a cluster.
    pub role: Option<String>,
    /// A warning that makes the store `degraded`.
    pub warning: Option<String>,
    /// Something to know that impairs nothing: a pool larger than what the server gives, say.
    pub note: Option<String>,
    /// Connections, where the driver tells.
    pub pool: Option<PoolUse>,
    /// What it holds.
    pub holds_bytes: Option<SizeBytes>,
}

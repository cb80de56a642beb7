//! Small values that every screen shares: a store's name, a size, a moment, a document.

use serde::{Deserialize, Serialize};

/// A moment in UTC; RFC 3339 on the wire. The platform's `TIMESTAMP` columns carry no zone and are UTC.
pub type Timestamp = chrono::DateTime<chrono::Utc>;

/// One of the five stores a meeting platform lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    /// The system of record.
    Postgres,
    /// Sessions, rooms, queues, locks.
    Redis,
    /// Chat, AI results, logs.
    Mongodb,
    /// Recordings, documents, avatars.
    S3,
    /// Configuration and the service registry.
    Etcd,
}

impl StoreKind {
    /// All five, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Postgres, Self::Redis, Self::Mongodb, Self::S3, Self::Etcd];

    /// The name used on the wire, in flags and in environment variables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Redis => "redis",
            Self::Mongodb => "mongodb",
            Self::S3 => "s3",
            Self::Etcd => "etcd",
        }
    }

    /// The product's own spelling.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Redis => "Redis",
            Self::Mongodb => "MongoDB",
            Self::S3 => "S3",
            Self::Etcd => "etcd",
        }
    }
}

impl std::fmt::Display for StoreKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.title())
    }
}

impl std::str::FromStr for StoreKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|store| store.key() == text)
            .ok_or_else(|| format!("{text:?} is not a store: postgres, redis, mongodb, s3 or etcd"))
    }
}

/// A size in bytes. A JSON number: sizes stay below 2^53 (9 PB), where JavaScript is still exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct SizeBytes(#[specta(type = u32)] pub u64);

/// A count that may pass 2^32 (rows, keys). A JSON number, exact to 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct Count(#[specta(type = u32)] pub u64);

/// A document of no fixed shape, as its store holds it.
///
/// Adapters put integers beyond 2^53 into it as strings, so that no reader rounds them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct Json(#[specta(type = specta_typescript::Unknown)] pub serde_json::Value);

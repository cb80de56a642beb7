//! Redis: sessions, rooms, queues and locks, a module per key family.
//!
//! Reads are bounded (SCAN, never KEYS) and say how far they came; every call has a deadline. Values are read as they
//! are found, JSON or hash, and one that is neither is shown as it is. No `SELECT`, no blocking command, no Lua.

pub mod locks;
pub mod queue;
pub mod rooms;
pub mod sessions;

mod connection;
mod error;
mod info;
mod scan;
mod value;

use std::time::{Duration, Instant};

use greenroom_domain::health::Probe;
use greenroom_domain::profile::RedisProfile;

pub use error::Error;
pub use scan::glob_escaped;
pub use value::Shape;

/// How long one ordinary call may take.
pub const CALL_LIMIT: Duration = Duration::from_secs(5);
/// How long a bounded scan goes on before it says "as far as I came".
pub const SCAN_LIMIT: Duration = Duration::from_secs(2);
/// How many matching keys a bounded scan reads at most.
pub const SCAN_KEYS: usize = 50_000;
/// No call waits longer than this, whatever its own deadline.
const LONGEST_CALL: Duration = Duration::from_secs(30);

/// An open connection to Redis. Clones share it.
#[derive(Clone)]
pub struct Redis {
    connection: connection::Connection,
    prefix: String,
    mode: greenroom_domain::profile::RedisMode,
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redis")
            .field("mode", &self.mode)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

impl Redis {
    /// Connects and asks for a `PING`, all within `timeout`. `secret` is the password.
    ///
    /// # Errors
    /// [`Error::Config`], [`Error::Connect`] with the kind of failure, [`Error::Late`].
    pub async fn connect(profile: &RedisProfile, secret: Option<&str>, timeout: Duration) -> Result<Self, Error> {
        // Several providers may be compiled in; whoever comes first decides, and we want ring.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let begun = Instant::now();
        let connection = connection::Connection::open(profile, secret, timeout).await?;
        let redis = Self {
            connection,
            prefix: profile.key_prefix.clone(),
            mode: profile.mode,
        };
        let left = timeout.saturating_sub(begun.elapsed()).max(Duration::from_millis(100));
        redis.ping(left).await.map_err(|error| match error {
            Error::Call { code, source, .. } => Error::Connect {
                address: profile.addresses.join(", "),
                code,
                source,
            },
            other => other,
        })?;
        Ok(redis)
    }

    async fn ping(&self, limit: Duration) -> Result<(), Error> {
        self.connection
            .call("ping", &redis::cmd("PING"), limit)
            .await
            .map(|_| ())
    }

    /// Asks the server how it is: one `PING` (the latency) and `INFO` where we may.
    ///
    /// # Errors
    /// [`Error::Late`], [`Error::Call`].
    pub async fn probe(&self, timeout: Duration) -> Result<Probe, Error> {
        let begun = Instant::now();
        self.ping(timeout).await?;
        let latency = begun.elapsed();
        let left = timeout.saturating_sub(latency).max(Duration::from_millis(100));
        let info = info::read(&self.connection, left).await?;
        Ok(info.into_probe(latency, self.mode))
    }

    /// Lets the connection go. The last clone closes it.
    pub async fn close(self) {
        drop(self);
    }

    fn key(&self, family: &str, id: &str) -> String {
        format!("{}{family}{id}", self.prefix)
    }
}

//! The platform's tables in PostgreSQL, and Greenroom's own audit trail beside them.
//!
//! One module per table. Every call has a deadline, here and at the server; every list has a limit and pages by keyset.
//! It knows no other store, and every function that writes takes a [`greenroom_domain::access::WritePermit`].

pub mod audit;
mod connect;
pub mod copy;
mod count;
mod cursor;
mod error;
pub mod figures;
mod filter;
pub mod meetings;
pub mod participants;
pub mod permissions;
mod probe;
pub mod recordings;
pub mod schema;
pub mod streams;
pub mod users;
mod value;

use std::sync::Arc;
use std::time::{Duration, Instant};

use greenroom_domain::Outcome;
use greenroom_domain::access::WritePermit;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgRow};
use sqlx::{PgConnection, QueryBuilder};

pub use error::Error;

/// How long a page, a row or a change may take.
pub const CALL_DEADLINE: Duration = Duration::from_secs(10);
/// How long the palette's finds and the overview's figures may take.
pub const QUICK_DEADLINE: Duration = Duration::from_millis(2_500);
/// How long an exact count may take before it is estimated.
pub const COUNT_DEADLINE: Duration = Duration::from_millis(300);
/// Up to how many rows are counted exactly.
pub const COUNT_LIMIT: i64 = 10_000;
/// How many participants, streams, permissions or recordings of one thing are read at most.
pub const PART_LIMIT: usize = 2_000;

pub(crate) type Query = QueryBuilder<sqlx::Postgres>;

/// An open deployment's PostgreSQL: cheap to clone, opens connections as they are needed.
#[derive(Clone)]
pub struct Postgres {
    inner: Arc<Inner>,
}

struct Inner {
    /// Pages, rows, changes. Its sessions stop a statement after [`CALL_DEADLINE`].
    main: PgPool,
    /// Palette and figures, stopped after [`QUICK_DEADLINE`].
    quick: PgPool,
    /// Counts, stopped after [`COUNT_DEADLINE`], so that counting never takes a connection from reading.
    counts: PgPool,
    /// Lets `main` see how many of its own are idle; emptied on drop, or the pool would keep itself alive.
    idle_watch: connect::IdleWatch,
    options: PgConnectOptions,
    /// `host:port` of the server that was taken.
    address: String,
    limits: greenroom_domain::profile::PoolLimits,
    /// See [`Postgres::identity`].
    identity: tokio::sync::OnceCell<String>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.idle_watch.clear();
    }
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres")
            .field("address", &self.inner.address)
            .finish_non_exhaustive()
    }
}

/// Which connections a call is made on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lane {
    Main,
    Quick,
    Count,
}

impl Postgres {
    /// Ends every connection, waiting for calls under way.
    pub async fn close(self) {
        self.inner.idle_watch.clear();
        tokio::join!(
            self.inner.main.close(),
            self.inner.quick.close(),
            self.inner.counts.close()
        );
    }

    /// `host:port` of the server in use.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.inner.address
    }

    /// A connection for one operation, and the moment by which all of it must be done.
    pub(crate) async fn call(&self, operation: &'static str, lane: Lane) -> Result<Call, Error> {
        let (pool, within) = match lane {
            Lane::Main => (&self.inner.main, CALL_DEADLINE),
            Lane::Quick => (&self.inner.quick, QUICK_DEADLINE),
            // The server's limit is the count's; ours leaves room for opening a connection.
            Lane::Count => (&self.inner.counts, COUNT_DEADLINE + Duration::from_secs(2)),
        };
        self.call_on(operation, pool, within).await
    }

    pub(crate) async fn call_on(
        &self,
        operation: &'static str,
        pool: &PgPool,
        within: Duration,
    ) -> Result<Call, Error> {
        let began = Instant::now();
        let connection = match tokio::time::timeout(within, pool.acquire()).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(cause)) => return Err(Error::read(operation, cause)),
            Err(_) => {
                return Err(Error::Timeout {
                    operation,
                    within,
                    outcome: None,
                });
            }
        };
        Ok(Call {
            operation,
            connection,
            began,
            within,
        })
    }
}

/// One operation on one connection under one deadline.
pub(crate) struct Call {
    operation: &'static str,
    connection: PoolConnection<sqlx::Postgres>,
    began: Instant,
    within: Duration,
}

impl Call {
    /// All rows of a query that carries its own limit.
    pub(crate) async fn rows(&mut self, query: &mut Query) -> Result<Vec<PgRow>, Error> {
        let sent = query.build();
        match tokio::time::timeout(self.left(), sent.fetch_all(&mut *self.connection)).await {
            Ok(answer) => answer.map_err(|cause| Error::read(self.operation, cause)),
            Err(_) => Err(self.ran_out(None)),
        }
    }

    /// The one row of a query, where there is one.
    pub(crate) async fn row(&mut self, query: &mut Query) -> Result<Option<PgRow>, Error> {
        Ok(self.rows(query).await?.into_iter().next())
    }

    /// Sends a change of the platform's data once and returns the rows it gave back. Never replayed: where the answer is
    /// lost, the error's outcome is unknown.
    pub(crate) async fn change(&mut self, _: &WritePermit, query: &mut Query) -> Result<Vec<PgRow>, Error> {
        let sent = query.build();
        match tokio::time::timeout(self.left(), sent.fetch_all(&mut *self.connection)).await {
            Ok(answer) => answer.map_err(|cause| {
                self.connection.close_on_drop();
                Error::write(self.operation, cause)
            }),
            Err(_) => Err(self.ran_out(Some(Outcome::Unknown))),
        }
    }

    /// Turns a decoding failure into this operation's error.
    pub(crate) fn decoded<T>(&self, value: Result<T, sqlx::Error>) -> Result<T, Error> {
        value.map_err(|cause| Error::read(self.operation, cause))
    }

    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    pub(crate) fn left(&self) -> Duration {
        self.within.saturating_sub(self.began.elapsed())
    }

    /// The deadline passed: the session may still be at it, so it is not used again.
    pub(crate) fn ran_out(&mut self, outcome: Option<Outcome>) -> Error {
        self.connection.close_on_drop();
        Error::Timeout {
            operation: self.operation,
            within: self.within,
            outcome,
        }
    }
}

/// Brings rows into a page: keeps `limit` of the `limit + 1` asked for, and seals the last one's place when more follow.
pub(crate) fn page<T>(mut rows: Vec<(cursor::Key, T)>, limit: usize, of: &str) -> greenroom_domain::Page<T> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more {
        rows.last().map(|(key, _)| key.clone().seal(of))
    } else {
        None
    };
    greenroom_domain::Page::new(rows.into_iter().map(|(_, item)| item).collect(), next)
}

//! What PostgreSQL says of itself: round trip, version, part in a cluster, size, and whether the platform's tables are there.

use std::time::{Duration, Instant};

use greenroom_domain::SizeBytes;
use greenroom_domain::health::{PoolUse, Probe};
use sqlx::Row;

use crate::value::Cells;
use crate::{Error, Postgres, Query};

const OPERATION: &str = "postgres.probe";

/// What one probe asks. `size` is NULL where the role may not connect to the database it is in (never, in practice).
const ASK: &str = "SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS replica, \
     pg_database_size(current_database()) AS size, \
     current_setting('max_connections')::bigint \
       - coalesce(nullif(current_setting('superuser_reserved_connections', true), '')::bigint, 0) \
       - coalesce(nullif(current_setting('reserved_connections', true), '')::bigint, 0) AS connections";

impl Postgres {
    /// Asks the server how it is. Cost: one round trip for the latency, one query on the catalog.
    ///
    /// # Errors
    /// [`Error::Schema`] when tables or columns of the platform are missing, else what the call failed with.
    pub async fn probe(&self, timeout: Duration) -> Result<Probe, Error> {
        let mut call = self.call_on(OPERATION, &self.inner.main, timeout).await?;
        let began = Instant::now();
        call.row(&mut Query::new("SELECT 1")).await?;
        let latency_ms = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
        let row = call
            .row(&mut Query::new(ASK))
            .await?
            .ok_or_else(|| Error::read(OPERATION, sqlx::Error::RowNotFound))?;
        let read = || -> Result<Probe, sqlx::Error> {
            let replica = row.try_get("replica")?;
            let given = row.long("connections")?.unwrap_or(i64::MAX);
            let wanted = self.inner.limits.max_open;
            let note = (i64::from(wanted) > given).then(|| {
                format!("the pool may open {wanted} connections, the server has {given} to give: lower max_open")
            });
            let main = &self.inner.main;
            Ok(Probe {
                latency_ms,
                version: row.text("version")?,
                role: Some(if replica { "replica" } else { "primary" }.to_owned()),
                warning: None,
                note,
                pool: Some(PoolUse {
                    open: main.size() + self.inner.quick.size() + self.inner.counts.size(),
                    idle: u32::try_from(main.num_idle()).unwrap_or(u32::MAX),
                    limit: wanted,
                }),
                holds_bytes: row
                    .long("size")?
                    .and_then(|size| u64::try_from(size).ok())
                    .map(SizeBytes),
            })
        };
        let probe = call.decoded(read())?;
        let missing = crate::schema::missing(&mut call).await?;
        if !missing.is_empty() {
            return Err(Error::Schema {
                operation: OPERATION,
                missing,
            });
        }
        Ok(probe)
    }
}

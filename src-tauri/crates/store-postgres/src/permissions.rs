//! Rows of `permissions`. A deployment that was never migrated may lack the table: then only this part fails.

use greenroom_domain::UserId;
use greenroom_domain::meeting::Bounded;
use greenroom_domain::user::Permission;
use sqlx::postgres::PgRow;

use crate::value::Cells;
use crate::{Error, Lane, PART_LIMIT, Postgres, Query};

impl Postgres {
    /// One person's permissions by resource and action, at most [`PART_LIMIT`].
    ///
    /// # Errors
    /// `StoreSchema` where the table is missing.
    pub async fn permissions(&self, user: UserId) -> Result<Bounded<Permission>, Error> {
        let mut query =
            Query::new("SELECT p.resource, p.action, p.granted_by, p.granted_at FROM permissions p WHERE p.user_id = ");
        query
            .push_bind(user.0)
            .push(" ORDER BY p.resource, p.action LIMIT ")
            .push_bind(PART_LIMIT as i64 + 1);
        let mut call = self.call("user.permissions", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        Ok(Bounded::cut(
            call.decoded(rows.iter().map(permission).collect())?,
            PART_LIMIT,
        ))
    }
}

fn permission(row: &PgRow) -> Result<Permission, sqlx::Error> {
    Ok(Permission {
        resource: row.name("resource")?,
        action: row.name("action")?,
        granted_by: row.long("granted_by")?.map(UserId),
        granted_at: row.shown("granted_at")?,
    })
}

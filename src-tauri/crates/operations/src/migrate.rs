//! Migrations of a deployment: what would run, and running it, audited. The platform's own tables are never altered.

use greenroom_domain::access::Caller;
use greenroom_domain::{Json, StoreKind};
use greenroom_store_postgres::Postgres;
use greenroom_store_postgres::schema::{AUDIT_TRAIL, MigrationState};
use serde::Serialize;
use serde_json::json;

use crate::connections::Stores;
use crate::error::Error;
use crate::write::{self, Change};

/// One migration and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migration {
    /// `YYYYMMDDHHMMSS`, as text.
    pub version: String,
    /// What it does.
    pub name: String,
    /// Whether it has been applied.
    pub applied: bool,
    /// What it runs.
    pub sql: String,
}

impl From<MigrationState> for Migration {
    fn from(state: MigrationState) -> Self {
        Self {
            version: state.version.to_string(),
            name: state.name,
            applied: state.applied,
            sql: state.sql.to_owned(),
        }
    }
}

/// Every migration, oldest first, with whether it has been applied. Changes nothing.
///
/// # Errors
/// What PostgreSQL failed with.
pub async fn plan(stores: &Stores, _: &Caller) -> Result<Vec<Migration>, Error> {
    let states = stores.postgres().await?.migration_plan().await?;
    Ok(states.into_iter().map(Migration::from).collect())
}

/// Applies what has not been applied and gives those, oldest first; none where there was nothing to do, and then nothing is
/// recorded either. The first of all lays the audit trail, so that the rest can be announced in it.
///
/// # Errors
/// [`Error::WriteRefused`] where the caller may not write, [`Error::Change`] where a migration failed: it changed nothing, those
/// before it stand.
pub async fn apply(stores: &Stores, caller: &Caller, reason: Option<String>) -> Result<Vec<Migration>, Error> {
    apply_to(&stores.postgres().await?, caller, reason).await
}

/// [`apply`] on a connection of the caller's own, before a deployment's stores are open.
///
/// # Errors
/// Those of [`apply`].
pub async fn apply_to(postgres: &Postgres, caller: &Caller, reason: Option<String>) -> Result<Vec<Migration>, Error> {
    let states = postgres.migration_plan().await?;
    let pending: Vec<MigrationState> = states.into_iter().filter(|state| !state.applied).collect();
    if pending.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = pending
        .iter()
        .map(|state| format!("{} {}", state.version, state.name))
        .collect();
    let change = Change {
        action: "schema_migrate",
        store: StoreKind::Postgres,
        target: "schema".to_owned(),
        reason,
        before: None,
        after: Some(Json(json!({ "migrations": names }))),
    };
    if pending.iter().any(|state| state.version == AUDIT_TRAIL) {
        write::lay_trail(postgres, caller, &change).await?;
    }
    let run = async |permit| Ok(postgres.migrate(&permit, None).await?);
    write::apply_with(postgres, caller, change, run, |()| None).await?;
    Ok(pending
        .into_iter()
        .map(|state| Migration {
            applied: true,
            ..state.into()
        })
        .collect())
}

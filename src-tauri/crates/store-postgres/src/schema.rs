//! The platform's tables: whether they are there, and the migrations that make them where they are not. A table that exists
//! is never altered. What has been applied is kept in `greenroom.migrations`, apart from anything the platform keeps.

use std::collections::HashMap;
use std::time::Duration;

use greenroom_domain::access::WritePermit;
use greenroom_domain::{ErrorCode, Outcome};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Connection, SqlSafeStr};

use crate::value::Cells;
use crate::{Call, Error, Lane, Postgres, Query};

const APPLY: &str = "schema.migrate";
/// A migration waits for locks and for another migrator, but not for ever.
const APPLY_DEADLINE: Duration = Duration::from_secs(600);
const TABLE: &str = "greenroom.migrations";
/// Missing tables and columns that an error names at most.
const MISSING_LIMIT: i64 = 12;

macro_rules! migrations {
    ($($version:literal $name:literal $file:literal;)+) => {
        /// Every migration in `/migrations`, oldest first; a test holds this list against the folder.
        const MIGRATIONS: &[(i64, &str, &str)] = &[
            $(($version, $name, include_str!(concat!("../../../../migrations/", $file))),)+
        ];
        #[cfg(test)]
        const FILES: &[&str] = &[$($file,)+];
    };
}

migrations! {
    20260101000000 "create audit trail" "20260101000000_create_audit_trail.sql";
    20260101000100 "create platform tables" "20260101000100_create_platform_tables.sql";
    20260101000200 "create permissions" "20260101000200_create_permissions.sql";
}

/// The migration that lays the audit trail: all others can be recorded in it.
pub const AUDIT_TRAIL: i64 = 20_260_101_000_000;

/// One migration and whether it has been applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    /// `YYYYMMDDHHMMSS`.
    pub version: i64,
    /// What it does.
    pub name: String,
    /// Applied already.
    pub applied: bool,
    /// What would be run.
    pub sql: &'static str,
}

/// The platform's tables with the columns that are read, as data-model.md has them.
const EXPECTED: &str = "SELECT t.name AS table_name, c.name AS column_name FROM (VALUES \
     ('users', 'id,username,email,full_name,avatar_url,status,role,created_at,updated_at,deleted_at'), \
     ('meetings', 'id,title,description,creator_id,status,start_time,end_time,max_participants,is_recording,created_at,updated_at,deleted_at'), \
     ('meeting_participants', 'id,meeting_id,user_id,join_time,leave_time,role,is_muted,is_video_on'), \
     ('meeting_recordings', 'id,meeting_id,file_path,file_size,duration,format,status,created_at,updated_at'), \
     ('media_streams', 'id,meeting_id,participant_id,stream_type,codec,bitrate,resolution,created_at') \
     ) AS t(name, columns), unnest(string_to_array(t.columns, ',')) AS c(name) \
     WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass(t.name) AND a.attname = c.name \
     AND a.attnum > 0 AND NOT a.attisdropped) ORDER BY t.name, c.name";

/// Which tables and columns of the platform are missing, the first few: `meetings`, or `meetings.start_time` where only
/// columns are.
pub(crate) async fn missing(call: &mut Call) -> Result<Vec<String>, Error> {
    let mut query = Query::new(
        "SELECT CASE WHEN to_regclass(m.table_name) IS NULL THEN m.table_name ELSE m.table_name || '.' || m.column_name END \
         AS missing FROM (",
    );
    query
        .push(EXPECTED)
        .push(") AS m GROUP BY 1 ORDER BY 1 LIMIT ")
        .push_bind(MISSING_LIMIT);
    let rows = call.rows(&mut query).await?;
    call.decoded(rows.iter().map(|row| row.name("missing")).collect())
}

impl Postgres {
    /// Every migration, oldest first, with whether it has been applied. Changes nothing.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn migration_plan(&self) -> Result<Vec<MigrationState>, Error> {
        const OPERATION: &str = "schema.plan";
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let there = call
            .row(&mut Query::new(
                "SELECT to_regclass('greenroom.migrations') IS NOT NULL AS there",
            ))
            .await?;
        let there = call
            .decoded(there.map_or(Ok(None), |row| row.flag("there")))?
            .unwrap_or(false);
        let mut applied = HashMap::new();
        if there {
            let rows = call
                .rows(&mut Query::new(
                    "SELECT version, success FROM greenroom.migrations LIMIT 10000",
                ))
                .await?;
            for row in &rows {
                applied.insert(
                    call.decoded(row.id("version"))?,
                    call.decoded(row.flag("success"))?.unwrap_or(false),
                );
            }
        }
        Ok(MIGRATIONS
            .iter()
            .map(|(version, name, sql)| MigrationState {
                version: *version,
                name: (*name).to_owned(),
                applied: applied.get(version).copied().unwrap_or(false),
                sql,
            })
            .collect())
    }

    /// Runs what has not run yet, up to and including `up_to`. Each migration is one transaction; two migrators at once take
    /// turns, and the second finds nothing left to do.
    ///
    /// # Errors
    /// [`Error::Failed`]: the migration that failed changed nothing, those before it stand.
    pub async fn migrate(&self, _: &WritePermit, up_to: Option<i64>) -> Result<(), Error> {
        let mut connection = self.aside(APPLY).await.map_err(Error::not_done)?;
        let mut migrator = Migrator::with_migrations(
            MIGRATIONS
                .iter()
                .map(|(version, name, sql)| {
                    Migration::new(
                        *version,
                        (*name).into(),
                        MigrationType::Simple,
                        sql.into_sql_str(),
                        false,
                    )
                })
                .collect(),
        );
        migrator.dangerous_set_table_name(TABLE);
        migrator.create_schema("greenroom");
        // A newer Greenroom may have been here: what it added is its own.
        migrator.set_ignore_missing(true);
        let run = migrator.run_direct(up_to, &mut connection, false);
        let ran = match tokio::time::timeout(APPLY_DEADLINE, run).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(cause)) => Err(failed(cause)),
            Err(_) => Err(Error::Timeout {
                operation: APPLY,
                within: APPLY_DEADLINE,
                outcome: Some(Outcome::Unknown),
            }),
        };
        // Closing it gives back the migrator's lock, whatever happened.
        let _ = connection.close().await;
        ran
    }
}

fn failed(cause: MigrateError) -> Error {
    match cause {
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => Error::write(APPLY, cause),
        other => Error::Failed {
            operation: APPLY,
            detail: match &other {
                MigrateError::VersionMismatch(version) => {
                    format!("migration {version} was applied in another form than this version of Greenroom has")
                }
                other => other.to_string(),
            },
            code: ErrorCode::StoreSchema,
            outcome: Some(Outcome::NotDone),
            source: Box::new(other),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_in_the_folder_is_embedded_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".sql"))
            .collect();
        files.sort();
        assert_eq!(files, FILES);
        for ((version, name, _), file) in MIGRATIONS.iter().zip(FILES) {
            assert_eq!(*file, format!("{version}_{}.sql", name.replace(' ', "_")));
        }
        assert_eq!(MIGRATIONS[0].0, AUDIT_TRAIL);
    }
}

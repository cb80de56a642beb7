//! A database of one's own with the platform's tables in it, and a superuser's hand to put rows there.

use std::time::Duration;

use greenroom_domain::access::{Actor, WritePermit};
use greenroom_domain::audit::AuditPhase;
use greenroom_domain::profile::PostgresProfile;
use greenroom_domain::{Json, StoreKind};
use greenroom_local_stack::testing;
use greenroom_store_postgres::Postgres;
use greenroom_store_postgres::audit::AuditDraft;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

pub(crate) const LIMIT: Duration = Duration::from_secs(10);

/// A test's own database.
pub(crate) struct Database {
    pub(crate) profile: PostgresProfile,
    pub(crate) password: String,
    pub(crate) postgres: Postgres,
}

impl Database {
    /// Without a single table.
    pub(crate) async fn empty() -> Self {
        let (profile, secrets) = testing::shared().await.namespace().await;
        let postgres = Postgres::connect(&profile.postgres, Some(&secrets.postgres), LIMIT)
            .await
            .unwrap();
        Self {
            profile: profile.postgres,
            password: secrets.postgres.clone(),
            postgres,
        }
    }

    /// With the platform's tables and ours.
    pub(crate) async fn migrated() -> Self {
        let database = Self::empty().await;
        database.postgres.migrate(&WritePermit::issue(), None).await.unwrap();
        database
    }

    /// A session beside the adapter's.
    pub(crate) async fn session(&self) -> PgConnection {
        let (host, port) = self.profile.addresses[0].rsplit_once(':').unwrap();
        let options = PgConnectOptions::new_without_pgpass()
            .host(host)
            .port(port.parse().unwrap())
            .username(&self.profile.user)
            .password(&self.password)
            .database(&self.profile.database);
        PgConnection::connect_with(&options).await.unwrap()
    }

    /// Runs statements as they stand.
    pub(crate) async fn run(&self, sql: &str) {
        self.session().await.execute(AssertSqlSafe(sql)).await.unwrap();
    }

    /// One text from a query.
    pub(crate) async fn ask(&self, sql: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&mut self.session().await)
            .await
            .unwrap()
    }

    /// Adds `count` people, ids from 1.
    pub(crate) async fn add_people(&self, count: u32) {
        self.run(&format!(
            "INSERT INTO users (username, email, password_hash, full_name) \
             SELECT 'user' || i, 'user' || i || '@example.com', 'x', 'Person ' || i FROM generate_series(1, {count}) AS i"
        ))
        .await;
    }
}

pub(crate) fn draft(target: &str) -> AuditDraft {
    AuditDraft {
        change_id: format!("change of {target}"),
        phase: AuditPhase::Intent,
        actor: Actor {
            os_user: "ada".to_owned(),
            host: "desk".to_owned(),
            profile: "test".to_owned(),
            face: "cli".to_owned(),
        },
        action: "user_set_status".to_owned(),
        store: StoreKind::Postgres,
        target: target.to_owned(),
        reason: Some("because".to_owned()),
        before: Some(Json(serde_json::json!({ "status": "active", "n": 1.1 }))),
        after: None,
        outcome: None,
        failure: None,
    }
}

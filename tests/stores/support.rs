//! A deployment of a test's own: five open stores, somebody who may edit, and a way to the database behind the use cases' backs.

use std::sync::Arc;
use std::time::Duration;

use greenroom_domain::StoreKind;
use greenroom_domain::access::{Actor, Caller, Rung};
use greenroom_domain::profile::Profile;
use greenroom_local_stack::testing;
use greenroom_operations::secrets::Secrets;
use greenroom_operations::{Stores, migrate};

/// One test's deployment.
pub(crate) struct Deployment {
    pub(crate) stores: Arc<Stores>,
    pub(crate) profile: Profile,
    pub(crate) secrets: Secrets,
}

impl Deployment {
    /// Without a table.
    pub(crate) async fn empty() -> Self {
        let (profile, secrets) = testing::shared().await.namespace().await;
        let secrets = Secrets::none()
            .with(StoreKind::Postgres, secrets.postgres)
            .with(StoreKind::Redis, secrets.redis)
            .with(StoreKind::Mongodb, secrets.mongodb)
            .with(StoreKind::S3, secrets.s3)
            .with(StoreKind::Etcd, secrets.etcd);
        let stores = Stores::open(profile.clone(), &secrets);
        assert!(stores.wait_settled(Duration::from_secs(20)).await);
        Self {
            stores,
            profile,
            secrets,
        }
    }

    /// With the platform's tables, and `people` people in them.
    pub(crate) async fn with_people(people: u32) -> Self {
        let deployment = Self::empty().await;
        migrate::apply(&deployment.stores, &editor(), None).await.unwrap();
        deployment
            .run(&format!(
                "INSERT INTO users (username, email, password_hash, full_name) \
                 SELECT 'user' || i, 'user' || i || '@example.com', 'x', 'Person ' || i FROM generate_series(1, {people}) AS i"
            ))
            .await;
        deployment
    }

    /// Runs statements as they stand, as a superuser and past the use cases.
    pub(crate) async fn run(&self, sql: &str) {
        self.ask(sql).await;
    }

    /// What a query gives, as text.
    pub(crate) async fn ask(&self, sql: &str) -> String {
        let answer = testing::shared().await.sql(&self.profile.postgres.database, sql).await;
        answer.trim_end().to_owned()
    }
}

/// Somebody who may change things.
pub(crate) fn editor() -> Caller {
    let actor = Actor {
        os_user: "ada".to_owned(),
        host: "desk".to_owned(),
        profile: "test".to_owned(),
        face: "cli".to_owned(),
    };
    Caller {
        actor,
        rung: Rung::Edit,
        read_only: false,
    }
}

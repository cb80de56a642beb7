//! The five connections of one deployment: opened side by side, each watched over and reopened on its own.
//!
//! No store's slowness or absence touches another: each has its own task, its own deadline and its own state. What use cases
//! need of a store they ask for when they need it, and are told when it is down. No query lives here.

mod adapter;
mod link;

use std::sync::Arc;
use std::time::Duration;

use greenroom_domain::StoreKind;
use greenroom_domain::health::{Health, StoreHealth, StoreState};
use greenroom_domain::profile::Profile;
use greenroom_store_etcd::Etcd;
use greenroom_store_mongo::Mongo;
use greenroom_store_postgres::Postgres;
use greenroom_store_redis::Redis;
use greenroom_store_s3::S3;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::error::Error;
use crate::secrets::Secrets;
use adapter::Adapter;
use link::Link;

/// How patient the supervision is.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// For one attempt to connect.
    pub connect: Duration,
    /// Between two probes of a store that is up.
    pub probe_every: Duration,
    /// For one probe.
    pub probe: Duration,
    /// After the first failed attempt.
    pub first_delay: Duration,
    /// Between two attempts at most.
    pub longest_delay: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            probe_every: Duration::from_secs(10),
            probe: Duration::from_secs(3),
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(30),
        }
    }
}

/// The five connections of one deployment.
///
/// Dropping the last handle ends the supervision in the background; [`Stores::close`] waits for it.
#[derive(Debug)]
pub struct Stores {
    profile: Arc<Profile>,
    postgres: Link<Postgres>,
    redis: Link<Redis>,
    mongo: Link<Mongo>,
    s3: Link<S3>,
    etcd: Link<Etcd>,
    health: watch::Receiver<Health>,
    cancelled: CancellationToken,
    tasks: TaskTracker,
}

impl Drop for Stores {
    fn drop(&mut self) {
        self.cancelled.cancel();
    }
}

impl Stores {
    /// Starts to connect to all five at once and returns without waiting for any. Must be called within a tokio runtime.
    #[must_use]
    pub fn open(profile: Profile, secrets: &Secrets) -> Arc<Self> {
        Self::open_with(profile, secrets, Timing::default())
    }

    /// [`Stores::open`] with a patience of one's own.
    #[must_use]
    pub fn open_with(profile: Profile, secrets: &Secrets, timing: Timing) -> Arc<Self> {
        let (sender, health) = watch::channel(connecting(&profile));
        let profile = Arc::new(profile);
        let cancelled = CancellationToken::new();
        let tasks = TaskTracker::new();
        let stores = Self {
            postgres: Link::start(&profile, secrets, timing, sender.clone(), cancelled.clone(), &tasks),
            redis: Link::start(&profile, secrets, timing, sender.clone(), cancelled.clone(), &tasks),
            mongo: Link::start(&profile, secrets, timing, sender.clone(), cancelled.clone(), &tasks),
            s3: Link::start(&profile, secrets, timing, sender.clone(), cancelled.clone(), &tasks),
            etcd: Link::start(&profile, secrets, timing, sender, cancelled.clone(), &tasks),
            profile,
            health,
            cancelled,
            tasks,
        };
        stores.tasks.close();
        Arc::new(stores)
    }

    /// Connects, waits until each of the five has answered or failed, and lets go again: for "test this profile".
    pub async fn try_out(profile: Profile, secrets: &Secrets) -> Health {
        let timing = Timing::default();
        let stores = Self::open_with(profile, secrets, timing);
        stores
            .wait_settled(timing.connect + timing.probe + Duration::from_secs(2))
            .await;
        let health = stores.health();
        stores.close().await;
        health
    }

    /// The deployment.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// PostgreSQL. Waits while the very first attempt is under way.
    ///
    /// # Errors
    /// [`Error::Down`] with the cause, where no connection is open; likewise for the other four.
    pub async fn postgres(&self) -> Result<Postgres, Error> {
        self.postgres.adapter().await
    }

    /// Redis.
    ///
    /// # Errors
    /// [`Error::Down`].
    pub async fn redis(&self) -> Result<Redis, Error> {
        self.redis.adapter().await
    }

    /// MongoDB.
    ///
    /// # Errors
    /// [`Error::Down`].
    pub async fn mongo(&self) -> Result<Mongo, Error> {
        self.mongo.adapter().await
    }

    /// S3.
    ///
    /// # Errors
    /// [`Error::Down`].
    pub async fn s3(&self) -> Result<S3, Error> {
        self.s3.adapter().await
    }

    /// etcd.
    ///
    /// # Errors
    /// [`Error::Down`].
    pub async fn etcd(&self) -> Result<Etcd, Error> {
        self.etcd.adapter().await
    }

    /// How all five are just now.
    #[must_use]
    pub fn health(&self) -> Health {
        self.health.borrow().clone()
    }

    /// Every change of [`Stores::health`]; several in a row may be seen as one.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// Waits until every store has answered or failed once. `false`: one has not within `limit`.
    pub async fn wait_settled(&self, limit: Duration) -> bool {
        self.wait_for(limit, |health| {
            health.stores.iter().all(|store| store.state != StoreState::Connecting)
        })
        .await
    }

    /// Waits until the health is as asked. `false`: it was not within `limit`.
    pub async fn wait_for(&self, limit: Duration, mut asked: impl FnMut(&Health) -> bool) -> bool {
        let mut health = self.health.clone();
        matches!(
            tokio::time::timeout(limit, health.wait_for(|health| asked(health))).await,
            Ok(Ok(_))
        )
    }

    /// Probes a store at once: for whoever had a call fail as if the connection were gone.
    pub fn suspect(&self, store: StoreKind) {
        match store {
            StoreKind::Postgres => self.postgres.suspect(),
            StoreKind::Redis => self.redis.suspect(),
            StoreKind::Mongodb => self.mongo.suspect(),
            StoreKind::S3 => self.s3.suspect(),
            StoreKind::Etcd => self.etcd.suspect(),
        }
    }

    /// Tries a store that is down at once, without waiting for the next attempt.
    pub fn retry(&self, store: StoreKind) {
        match store {
            StoreKind::Postgres => self.postgres.retry(),
            StoreKind::Redis => self.redis.retry(),
            StoreKind::Mongodb => self.mongo.retry(),
            StoreKind::S3 => self.s3.retry(),
            StoreKind::Etcd => self.etcd.retry(),
        }
    }

    /// Hands a result on, and has the store probed at once where its failure speaks against the connection.
    ///
    /// # Errors
    /// The one given.
    pub fn noticing<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &result
            && error.speaks_against_the_connection()
            && let Some(store) = error.store()
        {
            self.suspect(store);
        }
        result
    }

    /// Lets all five go and waits until they are gone, at most three seconds.
    pub async fn close(&self) {
        self.cancelled.cancel();
        let _ = tokio::time::timeout(Duration::from_secs(3), self.tasks.wait()).await;
    }
}

fn connecting(profile: &Profile) -> Health {
    let now = chrono::Utc::now();
    let place = |store| match store {
        StoreKind::Postgres => Postgres::place(profile),
        StoreKind::Redis => Redis::place(profile),
        StoreKind::Mongodb => Mongo::place(profile),
        StoreKind::S3 => S3::place(profile),
        StoreKind::Etcd => Etcd::place(profile),
    };
    let stores = StoreKind::ALL.into_iter().map(|store| {
        let (address, tls) = place(store);
        StoreHealth {
            store,
            state: StoreState::Connecting,
            latency_ms: None,
            version: None,
            role: None,
            tls,
            address,
            detail: None,
            problem: None,
            since: now,
            next_attempt_at: None,
            pool: None,
            holds_bytes: None,
        }
    });
    Health {
        stores: stores.collect(),
        as_of: now,
    }
}

//! Real servers for tests: one stack that all test processes share, a namespace per test, and private stacks to break.
//!
//! ```no_run
//! # async fn example() {
//! use greenroom_domain::StoreKind;
//! use greenroom_local_stack::testing;
//!
//! // A database, a key prefix, a Mongo database, a bucket and an etcd prefix nobody else uses:
//! let (profile, secrets) = testing::shared().await.namespace().await;
//! // store_postgres::Postgres::connect(&profile.postgres, Some(&secrets.postgres), ...)
//!
//! // Servers of one's own, to kill, freeze and bring back on the same port:
//! let stack = testing::private(&[StoreKind::Redis]).await;
//! stack.freeze(StoreKind::Redis);
//! stack.thaw(StoreKind::Redis);
//! stack.kill(StoreKind::Redis);
//! stack.start(StoreKind::Redis).await;
//! # let _ = (profile, secrets);
//! # }
//! ```
//!
//! These functions panic with the reason where a server is missing or does not start: a test that cannot run has failed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use greenroom_domain::StoreKind;
use greenroom_domain::profile::Profile;
use rand::Rng as _;
use rustix::process::Signal;
use tokio::sync::OnceCell;

use crate::process::Mark;
use crate::profile::Secrets;
use crate::servers::{self, find, postgres, s3};
use crate::stack::{Durability, Life, UpOptions, blocking, places};
use crate::state::{self, State};
use crate::{Error, start, stop};

/// How many namespaces of ended test processes one new namespace clears away: more than one, so that they don't pile up.
const CLEARED_AT_ONCE: usize = 3;

/// The stack that all test processes share. It stays up between runs; `greenroom stack down --dir` ends it.
#[derive(Debug, Clone)]
pub struct SharedStack {
    dir: PathBuf,
}

/// The shared stack at `$GREENROOM_TEST_STACK`, else `test-stack` in Greenroom's cache folder; started where it is not up.
///
/// # Panics
/// Where it cannot be started, with the reason.
pub async fn shared() -> SharedStack {
    static SHARED: OnceCell<SharedStack> = OnceCell::const_new();
    SHARED
        .get_or_init(|| async { must(blocking(open_shared).await, "start the shared stack") })
        .await
        .clone()
}

fn open_shared() -> Result<SharedStack, Error> {
    let dir = std::env::var_os("GREENROOM_TEST_STACK")
        .filter(|value| !value.is_empty())
        .map_or_else(|| find::cache_dir().join("test-stack"), PathBuf::from);
    let running = State::read(&dir).ok().flatten().is_some_and(|state| {
        state
            .servers
            .values()
            .all(|server| server.process.as_ref().is_some_and(Mark::is_alive))
    });
    // Being alive is not being ready: whoever starts it holds the lock until it is.
    if !running || state::lock(&dir).is_err() {
        start::up(&UpOptions {
            durability: Durability::Fast,
            ..UpOptions::new(&dir)
        })?;
    }
    Ok(SharedStack { dir })
}

impl SharedStack {
    /// The stack's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Room of one's own on the shared servers: an empty PostgreSQL database, a Redis key prefix, a Mongo database, an empty
    /// bucket and an etcd prefix, all with one new name. It is cleared away some time after this process has ended.
    ///
    /// # Panics
    /// Where a server refuses, with the reason.
    pub async fn namespace(&self) -> (Profile, Secrets) {
        let dir = self.dir.clone();
        must(blocking(move || make_namespace(&dir)).await, "make a namespace")
    }

    /// Runs SQL as the superuser in one database, through `psql` and behind everybody's back; gives its output, a row per line.
    ///
    /// # Panics
    /// Where the server refuses it, with the reason.
    pub async fn sql(&self, database: &str, statements: &str) -> String {
        let (dir, database, statements) = (self.dir.clone(), database.to_owned(), statements.to_owned());
        let run = move || {
            let state = State::read_or_new(&dir)?;
            let places = places(&dir, &state, &state::secrets(&dir)?, Durability::Fast, Life::Detached);
            postgres::sql(&places[&StoreKind::Postgres], &database, &statements)
                .map_err(|problem| Error::prepare(StoreKind::Postgres, problem))
        };
        must(blocking(run).await, "run SQL")
    }

    /// Writes a profile and the stack's secrets beside each other as files, for what wants a path (`greenroom --profile`).
    ///
    /// # Panics
    /// Where they cannot be written, with the reason.
    #[must_use]
    pub fn write_profile(&self, profile: &Profile, into: &Path) -> PathBuf {
        must(write_profile(&self.dir, profile, into), "write a profile")
    }
}

fn write_profile(stack: &Path, profile: &Profile, into: &Path) -> Result<PathBuf, Error> {
    let path = into.join("profile.toml");
    let damaged = |problem: String| Error::Damaged {
        path: path.clone(),
        problem,
    };
    let secrets = toml::to_string(&state::secrets(stack)?).map_err(|error| damaged(error.to_string()))?;
    state::write_private(&into.join("secrets.toml"), &secrets)?;
    let profile = Profile {
        secrets_file: Some("secrets.toml".to_owned()),
        ..profile.clone()
    };
    let text = toml::to_string(&profile).map_err(|error| damaged(error.to_string()))?;
    state::write_private(&path, &text)?;
    Ok(path)
}

fn make_namespace(dir: &Path) -> Result<(Profile, Secrets), Error> {
    let state = State::read_or_new(dir)?;
    let secrets = state::secrets(dir)?;
    let places = places(dir, &state, &secrets, Durability::Fast, Life::Detached);
    let (sql, objects) = (&places[&StoreKind::Postgres], &places[&StoreKind::S3]);
    clear_old(sql, objects);
    let name = format!(
        "t_{}_{}",
        std::process::id(),
        hex::encode(rand::rng().random::<[u8; 5]>())
    );
    postgres::sql(sql, "postgres", &format!("create database {name}"))
        .map_err(|problem| Error::prepare(StoreKind::Postgres, problem))?;
    let mut profile = state.profile();
    profile.s3.bucket = name.replace('_', "-");
    s3::create_bucket(objects, &profile.s3.bucket).map_err(|problem| Error::prepare(StoreKind::S3, problem))?;
    profile.secrets_file = Some(dir.join("secrets.toml").to_string_lossy().into_owned());
    profile.redis.key_prefix = format!("{name}:");
    profile.etcd.prefix = format!("/{name}");
    profile.postgres.database.clone_from(&name);
    profile.mongodb.database.clone_from(&name);
    profile.name = name;
    Ok((profile, secrets))
}

/// Drops a few databases and buckets whose test process has ended. What fails is left to the next.
fn clear_old(sql: &servers::Place, objects: &servers::Place) {
    let list = "select datname from pg_database where datname like 't\\_%' order by oid limit 200";
    let Ok(names) = postgres::sql(sql, "postgres", list) else {
        return;
    };
    let ended = |name: &&str| {
        let pid = name.split('_').nth(1).and_then(|pid| pid.parse().ok());
        pid.is_some_and(|pid| Mark::of(pid).is_none())
    };
    for name in names.lines().filter(ended).take(CLEARED_AT_ONCE) {
        // The bucket first: the database is what the next one finds it by.
        if s3::remove_bucket(objects, &name.replace('_', "-")).is_ok() {
            let _ = postgres::sql(sql, "postgres", &format!("drop database if exists {name} with (force)"));
        }
    }
}

/// A stack of one test's own. Its servers end and its folder goes when it is dropped; they end too when the test is killed.
#[derive(Debug)]
pub struct PrivateStack {
    options: UpOptions,
    profile: Profile,
    secrets: Secrets,
}

/// A private stack with these servers only; the others' addresses lead nowhere.
///
/// # Panics
/// Where it cannot be started, with the reason.
pub async fn private(only: &[StoreKind]) -> PrivateStack {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("{PRIVATE}{}-{count}", std::process::id()));
    let options = UpOptions {
        only: only.to_vec(),
        durability: Durability::Fast,
        life: Life::WithUs,
        ..UpOptions::new(dir)
    };
    let asked = options.clone();
    let info = blocking(move || {
        remove_left_behind();
        start::up(&asked)
    });
    let info = must(info.await, "start a private stack");
    PrivateStack {
        options,
        profile: info.profile,
        secrets: info.secrets,
    }
}

const PRIVATE: &str = "greenroom-test-";

/// Folders of test processes that were killed.
fn remove_left_behind() {
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name
            .strip_prefix(PRIVATE)
            .and_then(|rest| rest.split('-').next()?.parse().ok());
        if pid.is_some_and(|pid| Mark::of(pid).is_none()) {
            // Somebody else may be at it too.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

impl PrivateStack {
    /// Its folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.options.dir
    }

    /// Its profile; the file is `profile.toml` in [`Self::dir`].
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Its secrets.
    #[must_use]
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// The process that serves `store`; `None` when it is not running.
    #[must_use]
    pub fn pid(&self, store: StoreKind) -> Option<u32> {
        self.mark(store).map(|mark| mark.pid)
    }

    /// Kills one server with SIGKILL and returns when it is gone.
    pub fn kill(&self, store: StoreKind) {
        if let Some(mark) = self.mark(store) {
            mark.signal_tree(Signal::KILL);
            mark.wait_gone(std::time::Duration::from_secs(10));
        }
    }

    /// Freezes one server: it keeps its port and its connections and answers nothing.
    pub fn freeze(&self, store: StoreKind) {
        if let Some(mark) = self.mark(store) {
            mark.signal_tree(Signal::STOP);
        }
    }

    /// Lets a frozen server go on.
    pub fn thaw(&self, store: StoreKind) {
        if let Some(mark) = self.mark(store) {
            mark.signal_tree(Signal::CONT);
        }
    }

    /// Stops one server cleanly.
    ///
    /// # Panics
    /// Where it does not stop.
    pub async fn stop(&self, store: StoreKind) {
        if let Some(mark) = self.mark(store) {
            must(blocking(move || stop::stop(store, &mark)).await, "stop a server");
        }
    }

    /// Starts a server that was killed or stopped, on its old port, and returns when it answers.
    ///
    /// # Panics
    /// Where it does not start, with the reason.
    pub async fn start(&self, store: StoreKind) {
        let options = UpOptions {
            only: vec![store],
            ..self.options.clone()
        };
        must(blocking(move || start::up(&options)).await, "start a server again");
    }

    fn mark(&self, store: StoreKind) -> Option<Mark> {
        let state = State::read(self.dir()).ok().flatten()?;
        state.servers.get(&store)?.process.clone().filter(Mark::is_alive)
    }
}

impl Drop for PrivateStack {
    fn drop(&mut self) {
        for store in StoreKind::ALL {
            self.kill(store);
        }
        // What cannot be removed now goes with the next private stack.
        let _ = std::fs::remove_dir_all(self.dir());
    }
}

#[allow(clippy::panic, reason = "a test that has no servers has failed, and must say why")]
fn must<T>(result: Result<T, Error>, what: &str) -> T {
    result.unwrap_or_else(|error| {
        let mut text = format!("could not {what}: {error}");
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            text.push_str(&format!(": {error}"));
            cause = error.source();
        }
        panic!("{text}")
    })
}

//! MongoDB: chat, AI results, analysis data and logs, a module per collection.
//!
//! Every operation carries `maxTimeMS` and a deadline of ours around it; every list has a limit and pages by range on
//! `_id`, never by skipping. A document that is not what it should be is shown as it is and never fails its list.

pub mod ai_results;
pub mod analysis;
pub mod chat;
pub mod import;
pub mod indexes;
pub mod logs;

mod connect;
mod count;
mod decode;
mod error;
mod extjson;
mod read;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bson::{Document, doc};
use greenroom_domain::SizeBytes;
use greenroom_domain::health::Probe;
use greenroom_domain::profile::MongoProfile;
use mongodb::{Client, Collection, Database};

pub use count::{Course, Span};
pub use error::Error;
pub use extjson::to_json;

/// How long one ordinary call may take.
pub const CALL_LIMIT: Duration = Duration::from_secs(8);
/// How much of that the server itself may use (`maxTimeMS`).
pub(crate) const SERVER_LIMIT: Duration = Duration::from_secs(7);

/// An open client of one database. Clones share it.
#[derive(Clone)]
pub struct Mongo {
    database: Database,
    open: Arc<Open>,
}

/// The driver's client. The driver can panic in a task of its own when a client is merely dropped, so that every way out, a
/// cancelled attempt to connect among them, goes through its `shutdown`.
struct Open {
    client: Client,
    /// Our certificate and key, while the client may open connections.
    _identity: Option<tempfile::NamedTempFile>,
    ended: AtomicBool,
}

impl Open {
    fn end(&self) -> impl Future<Output = ()> + Send + use<> {
        self.ended.store(true, Ordering::Relaxed);
        self.client.clone().shutdown().immediate(true).into_future()
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.ended.load(Ordering::Relaxed)
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(self.end());
        }
    }
}

impl std::fmt::Debug for Mongo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mongo")
            .field("database", &self.database.name())
            .finish_non_exhaustive()
    }
}

impl Mongo {
    /// Connects and asks for a `ping`, all within `timeout`. `secret` is the password.
    ///
    /// # Errors
    /// [`Error::Config`], [`Error::Connect`] with the kind of failure, [`Error::Late`].
    pub async fn connect(profile: &MongoProfile, secret: Option<&str>, timeout: Duration) -> Result<Self, Error> {
        let begun = Instant::now();
        let address = profile.addresses.join(", ");
        let left = || timeout.saturating_sub(begun.elapsed()).max(Duration::from_millis(50));
        connect::knock(profile, timeout).await?;
        let prepared = connect::prepare(profile, secret, left())?;
        let open = Open {
            client: Client::with_options(prepared.options).map_err(Error::connecting(&address))?,
            _identity: prepared.identity,
            ended: AtomicBool::new(false),
        };
        let database = open.client.database(&profile.database);
        match tokio::time::timeout(left(), database.run_command(doc! { "ping": 1 })).await {
            Ok(Ok(_)) => Ok(Self {
                database,
                open: Arc::new(open),
            }),
            Ok(Err(error)) => Err(Error::connecting(&address)(error)),
            Err(_) => Err(Error::Late {
                operation: "connect",
                limit: timeout,
            }),
        }
    }

    /// Asks the server how it is: `hello` (the latency and its part), `buildInfo`, and `dbStats` where that is quick.
    ///
    /// # Errors
    /// [`Error::Late`], [`Error::Call`].
    pub async fn probe(&self, timeout: Duration) -> Result<Probe, Error> {
        let begun = Instant::now();
        let hello = self.command("hello", doc! { "hello": 1 }, timeout).await?;
        let latency = begun.elapsed();
        let left = timeout.saturating_sub(latency).max(Duration::from_millis(100));
        let built = self.command("buildInfo", doc! { "buildInfo": 1 }, left).await.ok();
        let brief = left.min(Duration::from_millis(1_000));
        let stats = doc! { "dbStats": 1, "maxTimeMS": i64::try_from(brief.as_millis()).unwrap_or(1_000) };
        let stats = self.command("dbStats", stats, brief).await.ok();
        let (role, warning) = role_of(&hello);
        Ok(Probe {
            latency_ms: u32::try_from(latency.as_millis()).unwrap_or(u32::MAX),
            version: built.and_then(|built| built.get_str("version").map(str::to_owned).ok()),
            role: Some(role.to_owned()),
            warning: warning.map(str::to_owned),
            holds_bytes: stats
                .and_then(|stats| decode::number(stats.get("storageSize")?))
                .map(SizeBytes),
            ..Probe::default()
        })
    }

    /// Ends the client's background work, for every clone of it; waits for that at most two seconds.
    pub async fn close(self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.open.end()).await;
    }

    async fn command(&self, operation: &'static str, command: Document, limit: Duration) -> Result<Document, Error> {
        within(operation, limit, self.database.run_command(command).into_future()).await
    }

    fn collection(&self, name: &str) -> Collection<Document> {
        self.database.collection(name)
    }
}

/// Runs a driver's future with our own deadline around it.
pub(crate) async fn within<T>(
    operation: &'static str,
    limit: Duration,
    call: impl Future<Output = mongodb::error::Result<T>>,
) -> Result<T, Error> {
    match tokio::time::timeout(limit, call).await {
        Ok(answer) => answer.map_err(Error::during(operation)),
        Err(_) => Err(Error::Late { operation, limit }),
    }
}

fn role_of(hello: &Document) -> (&'static str, Option<&'static str>) {
    let is = |field: &str| hello.get_bool(field).unwrap_or(false);
    let primary = is("isWritablePrimary") || is("ismaster");
    if hello.get_str("msg").is_ok_and(|said| said == "isdbgrid") {
        ("router", None)
    } else if !hello.contains_key("setName") {
        ("standalone", None)
    } else if primary {
        ("primary", None)
    } else if is("secondary") {
        (
            "secondary",
            Some("this is a secondary: what it shows may be old, and it takes no writes"),
        )
    } else {
        (
            "member",
            Some("this member of the replica set is neither primary nor secondary just now"),
        )
    }
}

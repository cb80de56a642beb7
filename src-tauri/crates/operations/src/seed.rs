//! Demo data for all five stores, the same for the same seed number and anchor, and big data for benchmarks.
//!
//! What is written is worked out first (`seed/world.rs` and what hangs on it), then written store by store through the one
//! write path, one audited change a store. It is no import: what it writes, it has made up.

mod avatars;
mod clips;
mod config;
mod dice;
mod documents;
mod fill;
mod live;
mod logs;
mod media;
mod meetings;
mod names;
mod people;
mod recordings;
mod rows;
pub mod scale;
mod talk;
mod trail;
mod words;
mod world;

use std::path::PathBuf;

use chrono::DurationRound;
use greenroom_domain::access::Caller;
use greenroom_domain::profile::Environment;
use greenroom_domain::{StoreKind, Timestamp};
use greenroom_store_postgres::copy::CopyTable;
use serde::Serialize;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::connections::Stores;
use crate::error::Error;
use crate::places::Places;
use world::World;

/// The seed number when nobody gives one.
pub const DEFAULT_SEED_NUMBER: u64 = 1;

/// What to seed with.
#[derive(Debug, Clone)]
pub struct SeedOptions {
    /// The same number and anchor give the same data.
    pub seed_number: u64,
    /// The demo's "now": meetings run at that moment. `None`: this minute, so that some run now.
    pub anchor: Option<Timestamp>,
    /// Where the videos are kept between seedings; see [`cache`].
    pub cache: PathBuf,
    /// Demo data may go into a deployment whose profile says it is production.
    pub into_production: bool,
    /// For the audit trail.
    pub reason: Option<String>,
}

impl Default for SeedOptions {
    fn default() -> Self {
        Self {
            seed_number: DEFAULT_SEED_NUMBER,
            anchor: None,
            cache: cache(),
            into_production: false,
            reason: None,
        }
    }
}

/// What a seeding did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeedReport {
    /// The number it was made from.
    pub seed_number: u64,
    /// The demo's "now".
    pub anchor: Timestamp,
    /// The same demo was there before; only what was missing or had expired was written.
    pub was_there: bool,
    /// What was written, by name: rows, documents, keys, objects.
    pub written: Vec<Written>,
}

/// How much of one kind was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// `users`, `chat_history`, `recordings`, …
    pub what: String,
    /// How many.
    pub count: u64,
}

/// How far a seeding is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// Units done: rows, documents, keys, objects, videos.
    pub done: u64,
    /// Units in all, as far as is known by now.
    pub total: u64,
    /// What it is at.
    pub note: String,
}

/// Fills a deployment with the demo. The same demo there already is not an error: what is missing of it is written (a seeding that was cut
/// off goes on), and the keys in Redis that have expired are put back.
///
/// Cost: the first time on a machine a minute or two of ffmpeg, then a few seconds and about 200 MB in S3.
/// `cancel` stops between batches; what was written by then stays and the next seeding goes on from there.
///
/// # Errors
/// [`Error::InvalidRequest`] where there are people already who are not this demo's, or the profile is a production one;
/// [`Error::Local`] where ffmpeg is missing or fails; [`Error::Cancelled`]; the stores' own.
pub async fn demo(
    stores: &Stores,
    caller: &Caller,
    options: &SeedOptions,
    progress: watch::Sender<Progress>,
    cancel: &CancellationToken,
) -> Result<SeedReport, Error> {
    allowed(stores, options.into_production)?;
    let report = Reporter(progress);
    let found = trail::of_demo(stores).await?;
    let empty = stores.postgres().await?.table_is_empty(CopyTable::Users).await?;
    let anchor = match &found {
        Some(found) if found.seed_number != options.seed_number => {
            let (there, asked) = (found.seed_number, options.seed_number);
            return Err(Error::invalid(format!(
                "this deployment holds the demo of seed {there}, not of seed {asked}"
            )));
        }
        Some(found) => found.anchor,
        None if !empty => {
            return Err(Error::invalid(
                "this deployment holds people already, and they are not this demo's",
            ));
        }
        None => options.anchor.unwrap_or_else(this_minute),
    };
    let done: Vec<StoreKind> = found.as_ref().map(|found| found.done.clone()).unwrap_or_default();
    let seed_number = options.seed_number;
    let world = tokio::task::spawn_blocking(move || World::new(seed_number, anchor)).await;
    let world = world.map_err(|cause| Error::Internal {
        what: format!("the demo could not be worked out: {cause}"),
    })?;
    let (again, resumes) = (done.contains(&StoreKind::Redis), found.is_some());
    let fill = fill::Fill {
        stores,
        caller,
        options,
        world: &world,
        report: &report,
        cancel,
        again,
        resumes,
    };
    let mut written = Vec::new();
    for store in [
        StoreKind::S3,
        StoreKind::Postgres,
        StoreKind::Mongodb,
        StoreKind::Etcd,
        StoreKind::Redis,
    ] {
        // What is in Redis expires: it is put back where it has.
        if store == StoreKind::Redis || !done.contains(&store) {
            written.extend(Box::pin(fill.store(store)).await?);
        }
    }
    report.note("");
    Ok(SeedReport {
        seed_number,
        anchor,
        was_there: done.contains(&StoreKind::Postgres),
        written,
    })
}

/// Refuses production profiles unless somebody said so.
fn allowed(stores: &Stores, into_production: bool) -> Result<(), Error> {
    let profile = stores.profile();
    if profile.environment == Environment::Production && !into_production {
        let name = &profile.name;
        return Err(Error::invalid(format!(
            "profile {name} is a production one: made-up data has no place there"
        )));
    }
    Ok(())
}

fn this_minute() -> Timestamp {
    let now = chrono::Utc::now();
    now.duration_trunc(chrono::Duration::minutes(1)).unwrap_or(now)
}

/// Where what can be made again is kept: `GREENROOM_CACHE`, else our own cache folder.
#[must_use]
pub fn cache() -> PathBuf {
    let set = std::env::var_os("GREENROOM_CACHE").filter(|value| !value.is_empty());
    set.map_or_else(|| Places::of_user().cache, PathBuf::from)
}

/// Tells whoever watches how far it is. Watching is free to be slow: only the latest state is kept.
#[derive(Debug, Clone)]
struct Reporter(watch::Sender<Progress>);

impl Reporter {
    fn more(&self, units: u64) {
        self.0.send_modify(|progress| progress.total += units);
    }

    fn done(&self, units: u64) {
        self.0.send_modify(|progress| progress.done += units);
    }

    fn note(&self, note: impl Into<String>) {
        let note = note.into();
        self.0.send_modify(|progress| progress.note = note);
    }
}

/// Runs `work` unless it is cancelled, which drops it: no load half done is kept by a store.
async fn unless<T>(cancel: &CancellationToken, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    cancel
        .run_until_cancelled(Box::pin(work))
        .await
        .unwrap_or(Err(Error::Cancelled))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{playback, thumbnail};

    /// Never run: that it compiles is the proof. Long work belongs to the task centre, which moves it between threads.
    #[allow(dead_code)]
    fn what_takes_long_can_be_moved_between_threads(
        stores: &Stores,
        caller: &Caller,
        options: &SeedOptions,
        scale_options: &scale::ScaleOptions,
    ) {
        fn movable(_: impl Send) {}
        let (progress, cancel) = (watch::Sender::default, CancellationToken::new());
        movable(demo(stores, caller, options, progress(), &cancel));
        movable(scale::scale(stores, caller, scale_options, progress(), &cancel));
        let id = greenroom_domain::RecordingId(1);
        movable(playback::open(stores, caller, id));
        movable(thumbnail::of(stores, caller, &options.cache, id, |_, _| String::new()));
    }
}

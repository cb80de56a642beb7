//! A stack as a whole: up, status, down.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use greenroom_domain::StoreKind;
use serde::Serialize;

use crate::process::Mark;
use crate::profile::Secrets;
use crate::servers::find::{self, Found, ServerChoice};
use crate::servers::{self, Place};
use crate::state::{self, State};
use crate::{Error, logs, start};

/// What a stack does with what it is told to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// On disk before the server says so.
    #[default]
    Safe,
    /// Whenever the kernel likes: for tests, several times faster.
    Fast,
}

/// How long the servers live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Life {
    /// Until [`down`].
    #[default]
    Detached,
    /// Until [`down`] or the end of this process, however it ends (Linux; elsewhere as `Detached`).
    WithUs,
}

/// What happens during [`up`], for showing progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// This program will serve the store.
    Took(StoreKind, Found),
    /// A process that a killed parent left behind was ended.
    Reaped(StoreKind, u32),
    /// It runs already and answers.
    AlreadyUp(StoreKind),
    /// Its data is prepared, it is being started.
    Starting(StoreKind),
    /// It answers, so many milliseconds after it was started.
    Ready(StoreKind, u64),
}

/// Where progress goes.
pub type OnEvent = Arc<dyn Fn(Event) + Send + Sync>;

/// What [`up`] is asked for.
#[derive(Clone)]
pub struct UpOptions {
    /// The stack's folder; created where missing.
    pub dir: PathBuf,
    /// Which stores; the profile names all five in any case.
    pub only: Vec<StoreKind>,
    /// Where to look for servers.
    pub servers: ServerChoice,
    /// What is done with data.
    pub durability: Durability,
    /// How long the servers live.
    pub life: Life,
    /// Told of each step, from several threads.
    pub on_event: OnEvent,
}

impl UpOptions {
    /// All five stores in `dir`, safe, until [`down`], silently.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            only: StoreKind::ALL.to_vec(),
            servers: ServerChoice::Auto,
            durability: Durability::Safe,
            life: Life::Detached,
            on_event: Arc::new(|_| ()),
        }
    }
}

impl fmt::Debug for UpOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpOptions")
            .field("dir", &self.dir)
            .field("only", &self.only)
            .finish_non_exhaustive()
    }
}

/// A stack that is up.
#[derive(Debug, Clone)]
pub struct StackInfo {
    /// Its folder.
    pub dir: PathBuf,
    /// Where its profile was written.
    pub profile_path: PathBuf,
    /// The profile.
    pub profile: greenroom_domain::profile::Profile,
    /// Its secrets.
    pub secrets: Secrets,
    /// How each server is.
    pub status: StackStatus,
}

/// How a stack is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StackStatus {
    /// Its folder.
    pub dir: PathBuf,
    /// Its profile, where one was written.
    pub profile: Option<PathBuf>,
    /// Whether every server that was ever asked for is up; false where there is none.
    pub up: bool,
    /// One for each store, in the usual order; none where no stack was ever there.
    pub servers: Vec<ServerStatus>,
}

/// How one server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerStatus {
    /// Which store.
    pub store: StoreKind,
    /// How it is.
    pub state: ServerState,
    /// Why it is down.
    pub detail: Option<String>,
    /// Where it listens.
    pub address: String,
    /// Its process.
    pub pid: Option<u32>,
    /// What serves the store: `postgres`, `mongod`, `secantusd-rs`, …
    pub program: Option<String>,
    /// The program's version.
    pub version: Option<String>,
    /// The program file.
    pub binary: Option<PathBuf>,
    /// Where the program came from: `named folder`, `this machine` or `cache`.
    pub origin: Option<String>,
    /// What it says.
    pub log: PathBuf,
}

/// Whether a server can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerState {
    /// It answers in its own protocol.
    Up,
    /// It was started and has ended, or does not answer.
    Down,
    /// It was stopped, or was never asked for.
    Stopped,
}

/// `$GREENROOM_STACK`, else `stack` in Greenroom's cache folder: the stack that is meant where none is named.
#[must_use]
pub fn default_dir() -> PathBuf {
    std::env::var_os("GREENROOM_STACK")
        .filter(|value| !value.is_empty())
        .map_or_else(|| find::cache_dir().join("stack"), PathBuf::from)
}

/// The profile of the default stack, if any of its servers run. Reads two small files and /proc; asks no server.
#[must_use]
pub fn running_profile() -> Option<PathBuf> {
    let dir = default_dir();
    let state = State::read(&dir).ok().flatten()?;
    let running = state
        .servers
        .values()
        .any(|server| server.process.as_ref().is_some_and(Mark::is_alive));
    let profile = dir.join("profile.toml");
    (running && profile.is_file()).then_some(profile)
}

/// Starts what does not run yet, and returns when every server answers. Calling it again changes nothing.
///
/// A cold start takes 2 to 4 s. Ports and secrets are kept from start to start; a port that was taken meanwhile is replaced
/// and the profile rewritten.
///
/// # Errors
/// [`Error::Missing`] before anything is started where a server program is not there; [`Error::Prepare`] and
/// [`Error::NotReady`] name the server and its log. Servers that did start are left running: call it again, or [`down`].
pub async fn up(options: UpOptions) -> Result<StackInfo, Error> {
    blocking(move || start::up(&options)).await
}

/// Asks every server, side by side, each for at most 2 s.
///
/// # Errors
/// [`Error::File`] and [`Error::Damaged`] where `state.json` cannot be read.
pub async fn status(dir: impl Into<PathBuf>) -> Result<StackStatus, Error> {
    let dir = dir.into();
    blocking(move || status_of(&dir)).await
}

/// Stops every server cleanly, all at once (none needs another), and what a killed parent left behind. Keeps the data.
///
/// # Errors
/// [`Error::Stuck`] where a server does not even end when killed.
pub async fn down(dir: impl Into<PathBuf>) -> Result<StackStatus, Error> {
    let dir = dir.into();
    blocking(move || crate::stop::down(&dir)).await
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Interrupted)?
}

pub(crate) fn status_of(dir: &Path) -> Result<StackStatus, Error> {
    let profile = dir.join("profile.toml");
    let mut status = StackStatus {
        dir: dir.to_owned(),
        profile: profile.is_file().then_some(profile),
        up: false,
        servers: Vec::new(),
    };
    let Some(state) = State::read(dir)? else {
        return Ok(status);
    };
    let places = places(dir, &state, &state::secrets(dir)?, Durability::Safe, Life::Detached);
    status.servers = std::thread::scope(|scope| {
        let asked: Vec<_> = state
            .servers
            .iter()
            .map(|(store, server)| {
                let place = &places[store];
                scope.spawn(move || server_status(place, server))
            })
            .collect();
        asked.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut asked_for = status
        .servers
        .iter()
        .filter(|server| server.program.is_some())
        .peekable();
    status.up = asked_for.peek().is_some() && asked_for.all(|server| server.state == ServerState::Up);
    Ok(status)
}

fn server_status(place: &Place, server: &state::Server) -> ServerStatus {
    // Whoever asks often keeps the logs short; that a log could not be shortened says nothing about its server.
    if let Err(error) = logs::bound(&place.log) {
        tracing::warn!(store = place.store.key(), "{error}");
    }
    let (state, detail) = match &server.process {
        None => (ServerState::Stopped, None),
        Some(mark) if !mark.is_alive() => (ServerState::Down, Some(format!("process {} has ended", mark.pid))),
        Some(_) => match servers::probe(place) {
            Ok(()) => (ServerState::Up, None),
            Err(problem) => (ServerState::Down, Some(problem)),
        },
    };
    let found = server.found.clone();
    ServerStatus {
        store: place.store,
        state,
        detail,
        address: format!("127.0.0.1:{}", place.port()),
        pid: server.process.as_ref().map(|mark| mark.pid),
        program: found.as_ref().map(|found| found.program.clone()),
        version: found.as_ref().map(|found| found.version.clone()),
        binary: found.as_ref().map(|found| found.binary.clone()),
        origin: found.map(|found| found.origin),
        log: place.log.clone(),
    }
}

/// Where each server of a stack is and what it needs.
pub(crate) fn places(
    dir: &Path,
    state: &State,
    secrets: &Secrets,
    durability: Durability,
    life: Life,
) -> BTreeMap<StoreKind, Place> {
    let place = |(&store, server): (&StoreKind, &state::Server)| {
        let place = Place {
            store,
            data: dir.join("data").join(store.key()),
            log: dir.join("logs").join(format!("{}.log", store.key())),
            ports: server.ports.clone(),
            binary: server
                .found
                .as_ref()
                .map(|found| found.binary.clone())
                .unwrap_or_default(),
            secret: secrets.get(store).to_owned(),
            access_key_id: state.s3_access_key_id.clone(),
            durability,
            with_us: life == Life::WithUs,
        };
        (store, place)
    };
    state.servers.iter().map(place).collect()
}

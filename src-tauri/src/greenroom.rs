//! What every command starts from: the open profile, long work, what the window remembers, the media server.
//!
//! One profile is open at a time for all windows. It knows no Tauri: commands and tests use it alike; what windows must
//! hear of goes out through [`Greenroom::subscribe`].

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use greenroom_domain::access::RungState;
use greenroom_domain::health::Health;
use greenroom_domain::profile::ProfileSummary;
use greenroom_domain::{ApiError, ErrorCode};
use greenroom_media_server::{MediaServer, Options, WINDOW_ORIGINS};
use greenroom_operations::Error;
use greenroom_operations::deployment::{self, Deployment, off_the_runtime};
use greenroom_operations::places::Places;
use greenroom_operations::preferences::Preferences;
use greenroom_operations::profiles::{self, Loaded, Profiles};
use greenroom_operations::secrets::Vaults;
use greenroom_operations::tasks::Tasks;
use secrecy::SecretString;
use tokio::sync::{Mutex, OnceCell, broadcast, watch};

use crate::failure;

/// How often it is looked whether the rung fell back.
const RUNG_EVERY: Duration = Duration::from_secs(5);
/// How long running tasks get to stop when the last window closes.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// The state behind every command. Clones share it.
#[derive(Debug, Clone)]
pub struct Greenroom(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    places: Places,
    profiles: Profiles,
    preferences: Preferences,
    tasks: Tasks,
    media: OnceCell<MediaServer>,
    desk: watch::Sender<Desk>,
    told: broadcast::Sender<Told>,
    switching: Mutex<Waiting>,
    passphrase: std::sync::Mutex<Option<SecretString>>,
    running_stack: fn() -> Option<PathBuf>,
}

/// The profile that could not be opened for want of the passphrase.
type Waiting = Option<String>;

#[derive(Debug, Clone)]
enum Desk {
    Opening,
    Open(Arc<Deployment>),
    /// No profile is open; where one was asked for, why not.
    Empty(Option<Box<ApiError>>),
}

/// What every window is told.
#[derive(Debug, Clone)]
pub enum Told {
    /// A store came, went or answered slower.
    Health(Health),
    /// The rung changed.
    Rung(RungState),
}

impl Greenroom {
    /// Reads what the window remembers and finds the profiles. Opens none yet: commands that need one wait until
    /// [`Greenroom::open_profile`] or [`Greenroom::leave_empty`] has been called. `running_stack` finds the local stack's
    /// profile.
    ///
    /// # Errors
    /// [`Error::Local`] where the preferences are there but cannot be read.
    pub fn start(places: Places, running_stack: fn() -> Option<PathBuf>) -> Result<Self, Error> {
        let preferences = Preferences::open(places.preferences())?;
        let (desk, _) = watch::channel(Desk::Opening);
        let (told, _) = broadcast::channel(256);
        Ok(Self(Arc::new(Inner {
            profiles: Profiles::under(&places.config),
            preferences,
            places,
            tasks: Tasks::new(),
            media: OnceCell::new(),
            desk,
            told,
            switching: Mutex::default(),
            passphrase: std::sync::Mutex::default(),
            running_stack,
        })))
    }

    /// Clears away the copies that were opened outside last time: recordings do not pile up in a cache.
    pub fn clear_opened(&self) {
        let folder = self.opened();
        if let Err(error) = std::fs::remove_dir_all(&folder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!("{} could not be cleared: {error}", folder.display());
        }
    }

    /// Where copies lie that are opened outside.
    #[must_use]
    pub fn opened(&self) -> PathBuf {
        self.0.places.cache.join("opened")
    }

    /// Where our own files are.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.0.places
    }

    /// The profiles of this user.
    #[must_use]
    pub fn profiles(&self) -> &Profiles {
        &self.0.profiles
    }

    /// What the window remembers.
    #[must_use]
    pub fn preferences(&self) -> &Preferences {
        &self.0.preferences
    }

    /// Long work.
    #[must_use]
    pub fn tasks(&self) -> &Tasks {
        &self.0.tasks
    }

    /// What windows must hear of, from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Told> {
        self.0.told.subscribe()
    }

    /// The open profile. Waits while one is being opened.
    ///
    /// # Errors
    /// [`ErrorCode::ProfileInvalid`] where none is open.
    pub async fn open(&self) -> Result<Arc<Deployment>, ApiError> {
        let mut desk = self.0.desk.subscribe();
        match desk.wait_for(|desk| !matches!(desk, Desk::Opening)).await.as_deref() {
            Ok(Desk::Open(open)) => Ok(Arc::clone(open)),
            _ => Err(failure::own(ErrorCode::ProfileInvalid, "no profile is open")),
        }
    }

    /// The open profile, or why the one asked for could not be opened. Waits while one is being opened.
    pub async fn look(&self) -> (Option<Arc<Deployment>>, Option<ApiError>) {
        let mut desk = self.0.desk.subscribe();
        match desk.wait_for(|desk| !matches!(desk, Desk::Opening)).await.as_deref() {
            Ok(Desk::Open(open)) => (Some(Arc::clone(open)), None),
            Ok(Desk::Empty(problem)) => (None, problem.as_deref().cloned()),
            _ => (None, None),
        }
    }

    /// Opens a profile by name or path in place of the one that is open, and remembers it. Where it cannot be opened, the
    /// open one stays. Returns before its stores are connected.
    ///
    /// # Errors
    /// Those of [`Deployment::open`].
    pub async fn open_profile(&self, reference: &str) -> Result<Arc<Deployment>, ApiError> {
        let mut waiting = self.0.switching.lock().await;
        let place = self.place_of(reference);
        let opened = Deployment::open(&self.0.profiles, &place, self.vaults(None), "desktop").await;
        *waiting = opened
            .as_ref()
            .err()
            .filter(|error| error.code() == ErrorCode::SecretLocked)
            .map(|_| place);
        let open = Arc::new(opened?);
        let before = self.0.desk.send_replace(Desk::Open(Arc::clone(&open)));
        if let Desk::Open(before) = before {
            if let Some(media) = self.0.media.get() {
                media.revoke_all();
            }
            tokio::spawn(async move { before.close().await });
        }
        self.watch(&open);
        self.remember(open.summary());
        Ok(open)
    }

    /// All profiles of this user and the running local stack's.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub async fn profile_list(&self) -> Result<Vec<ProfileSummary>, ApiError> {
        let (own, stack) = (self.0.profiles.clone(), self.0.running_stack);
        let list = off_the_runtime(move || {
            let mut list = own.list()?;
            let stack = stack()
                .and_then(|path| profiles::read(&path).ok())
                .map(|loaded| deployment::summary(&loaded));
            list.extend(stack.filter(|stack| list.iter().all(|own| own.name != stack.name)));
            Ok(list)
        });
        Ok(list.await?)
    }

    /// Reads one profile by name or path.
    ///
    /// # Errors
    /// Those of [`Profiles::load`].
    pub async fn load_profile(&self, reference: &str) -> Result<Loaded, ApiError> {
        let (profiles, place) = (self.0.profiles.clone(), self.place_of(reference));
        Ok(off_the_runtime(move || Ok(profiles.load(&place)?)).await?)
    }

    /// The places where secrets are kept, opened with this passphrase or the one given before.
    #[must_use]
    pub fn vaults(&self, passphrase: Option<SecretString>) -> Vaults {
        Vaults::of_user(&self.0.places.config, passphrase.or_else(|| self.passphrase().clone()))
    }

    /// Keeps the passphrase while the process lives, and opens the profile that waited for it.
    ///
    /// # Errors
    /// [`ErrorCode::SecretLocked`] where it is wrong: then it is forgotten again.
    pub async fn unlock(&self, passphrase: SecretString) -> Result<(), ApiError> {
        let waiting = self.0.switching.lock().await.clone();
        *self.passphrase() = Some(passphrase);
        let Some(reference) = waiting else { return Ok(()) };
        let opened = self.open_profile(&reference).await.map(|_| ());
        if opened
            .as_ref()
            .is_err_and(|error| error.code == ErrorCode::SecretLocked)
        {
            *self.passphrase() = None;
        }
        opened
    }

    /// The profile of the running local stack, where one runs.
    #[must_use]
    pub fn running_stack(&self) -> Option<PathBuf> {
        (self.0.running_stack)()
    }

    /// No profile is to be opened now; `problem` says why, where one was asked for.
    pub fn leave_empty(&self, problem: Option<ApiError>) {
        self.0.desk.send_replace(Desk::Empty(problem.map(Box::new)));
    }

    /// Tells every window.
    pub fn tell(&self, told: Told) {
        // No window listening is no failure: each asks when it opens.
        let _ = self.0.told.send(told);
    }

    /// The media server; the first call starts it.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] where no loopback port can be had.
    pub async fn media(&self) -> Result<&MediaServer, ApiError> {
        let mut origins = WINDOW_ORIGINS.map(str::to_owned).to_vec();
        if cfg!(debug_assertions) {
            origins.push("http://localhost:5173".to_owned());
        }
        let started = || {
            MediaServer::start_with(Options {
                origins,
                ..Options::default()
            })
        };
        self.0
            .media
            .get_or_try_init(started)
            .await
            .map_err(|error| failure::own(ErrorCode::Internal, greenroom_domain::diagnosis::in_one_line(&error)))
    }

    /// Stops what runs and lets the stores go.
    pub async fn shut_down(&self) {
        self.0.tasks.shut_down(STOP_WITHIN).await;
        if let Desk::Open(open) = self.0.desk.send_replace(Desk::Empty(None)) {
            // The process ends anyway: a store that does not say goodbye in time is left.
            let _ = tokio::time::timeout(STOP_WITHIN, open.close()).await;
        }
    }

    fn passphrase(&self) -> std::sync::MutexGuard<'_, Option<SecretString>> {
        self.0.passphrase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // The local stack's profile goes by its name too, where no profile of the user's has it.
    fn place_of(&self, reference: &str) -> String {
        let is_stack = |path: &PathBuf| profiles::read(path).is_ok_and(|loaded| loaded.profile.name == reference);
        let ours = || {
            self.0
                .profiles
                .list()
                .is_ok_and(|list| list.iter().any(|own| own.name == reference))
        };
        match self.running_stack().filter(is_stack) {
            Some(path) if !ours() => path.display().to_string(),
            _ => reference.to_owned(),
        }
    }

    // Only a profile of the user's own is opened again next time; a local stack is found while it runs.
    fn remember(&self, open: &ProfileSummary) {
        let ours = self
            .0
            .profiles
            .list()
            .is_ok_and(|list| list.iter().any(|own| own.path == open.path));
        if ours && let Err(error) = self.0.profiles.remember_default(&open.name) {
            tracing::warn!("the open profile will not be remembered: {error}");
        }
    }

    // Ends by itself when the profile is closed: its stores' channel closes with it.
    fn watch(&self, open: &Arc<Deployment>) {
        let told = self.0.told.clone();
        let mut health = open.stores.subscribe();
        let access = open.access.clone();
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(RUNG_EVERY);
            let mut rung = access.state();
            loop {
                tokio::select! {
                    changed = health.changed() => {
                        if changed.is_err() {
                            return;
                        }
                        let now = health.borrow_and_update().clone();
                        let _ = told.send(Told::Health(now));
                    }
                    _ = tick.tick() => {
                        let now = access.state();
                        if now.rung != rung.rung {
                            let _ = told.send(Told::Rung(now.clone()));
                        }
                        rung = now;
                    }
                }
            }
        });
    }
}

//! Who calls and how far they may go: one [`Access`] per open profile, with the rung that falls back when nobody works at it.
//! It decides nothing about single writes; `write` does, by the [`Caller`] it is given.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use greenroom_domain::Timestamp;
use greenroom_domain::access::{Actor, Caller, Rung, RungState};
use greenroom_domain::profile::{Environment, Profile};

use crate::error::Error;

/// After how long without work an `Edit` rung of a production profile is taken back.
pub const IDLE: TimeDelta = TimeDelta::minutes(15);

/// Tells the time; tests have their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The rung of one open profile, and in whose name its calls are made. Cheap to clone; clones share the rung.
#[derive(Clone)]
pub struct Access {
    actor: Actor,
    production: bool,
    read_only: bool,
    clock: Clock,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    rung: Rung,
    used_at: Timestamp,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access")
            .field("actor", &self.actor)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

impl Access {
    /// For a profile just opened through `face` (`desktop`, `cli`, `agent`): `Observe` in production and where nothing may be
    /// written, else `Edit`.
    #[must_use]
    pub fn open(profile: &Profile, face: &str) -> Self {
        Self::with_clock(profile, face, Arc::new(chrono::Utc::now))
    }

    /// The same, by another clock.
    #[must_use]
    pub fn with_clock(profile: &Profile, face: &str, clock: Clock) -> Self {
        let production = profile.environment == Environment::Production;
        let rung = if production || profile.read_only {
            Rung::Observe
        } else {
            Rung::Edit
        };
        let state = State { rung, used_at: clock() };
        Self {
            actor: actor(&profile.name, face),
            production,
            read_only: profile.read_only,
            clock,
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// Where we stand now.
    #[must_use]
    pub fn state(&self) -> RungState {
        let state = self.current();
        let falls_back = self.production && state.rung == Rung::Edit;
        RungState {
            rung: state.rung,
            falls_back_at: falls_back.then(|| state.used_at + IDLE),
            read_only: self.read_only,
        }
    }

    /// Goes to another rung.
    ///
    /// # Errors
    /// [`Error::WriteRefused`] for `Edit` in a read-only profile.
    pub fn set_rung(&self, rung: Rung) -> Result<RungState, Error> {
        if rung == Rung::Edit && self.read_only {
            return Err(Error::WriteRefused {
                why: format!("profile {} is read-only", self.actor.profile),
            });
        }
        *self.lock() = State {
            rung,
            used_at: (self.clock)(),
        };
        Ok(self.state())
    }

    /// Somebody is at work: the rung stays for another [`IDLE`]. For what people do, not for what refreshes by itself.
    pub fn touch(&self) {
        let now = (self.clock)();
        let mut state = self.lock();
        *state = fallen_back(*state, self.production, now);
        state.used_at = now;
    }

    /// The right with which a call is made now.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller {
            actor: self.actor.clone(),
            rung: self.current().rung,
            read_only: self.read_only,
        }
    }

    fn current(&self) -> State {
        let mut state = self.lock();
        *state = fallen_back(*state, self.production, (self.clock)());
        *state
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fallen_back(state: State, production: bool, now: Timestamp) -> State {
    let idle = production && state.rung == Rung::Edit && now - state.used_at >= IDLE;
    if idle {
        State {
            rung: Rung::Observe,
            ..state
        }
    } else {
        state
    }
}

/// The operating system's user on this machine, by the user's id rather than by an environment variable.
#[must_use]
pub fn actor(profile: &str, face: &str) -> Actor {
    Actor {
        os_user: whoami::username().unwrap_or_else(|_| "unknown".to_owned()),
        host: whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()),
        profile: profile.to_owned(),
        face: face.to_owned(),
    }
}

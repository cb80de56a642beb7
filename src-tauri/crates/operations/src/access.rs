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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    /// A profile of that environment, and a clock that is moved by hand, in minutes.
    fn access(environment: Environment, read_only: bool) -> (Access, Arc<AtomicI64>) {
        let text = format!(
            "name = 'p'\ncolour = '#000000'\nenvironment = '{}'\nread_only = {read_only}\n\
             postgres = {{ addresses = ['h:1'], database = 'd', user = 'u' }}\nredis = {{ addresses = ['h:1'] }}\n\
             mongodb = {{ addresses = ['h:1'], database = 'd' }}\netcd = {{ endpoints = ['h:1'] }}\n\
             s3 = {{ endpoint = 'http://h', region = 'r', bucket = 'b', path_style = true, access_key_id = 'k' }}\n",
            serde_json::to_value(environment).unwrap().as_str().unwrap()
        );
        let profile: Profile = toml::from_str(&text).unwrap();
        let minutes = Arc::new(AtomicI64::new(0));
        let hand = Arc::clone(&minutes);
        let clock = Arc::new(move || Timestamp::default() + TimeDelta::minutes(hand.load(Ordering::Relaxed)));
        (Access::with_clock(&profile, "cli", clock), minutes)
    }

    #[test]
    fn production_opens_at_observe_and_falls_back_after_fifteen_idle_minutes() {
        let (access, minutes) = access(Environment::Production, false);
        assert_eq!(access.caller().rung, Rung::Observe);
        let state = access.set_rung(Rung::Edit).unwrap();
        assert_eq!(state.falls_back_at, Some(Timestamp::default() + IDLE));
        minutes.store(14, Ordering::Relaxed);
        assert_eq!(access.caller().rung, Rung::Edit);
        access.touch();
        minutes.store(28, Ordering::Relaxed);
        assert_eq!(
            access.clone().caller().rung,
            Rung::Edit,
            "somebody was at work at minute 14"
        );
        minutes.store(29, Ordering::Relaxed);
        assert_eq!(access.caller().rung, Rung::Observe);
        access.touch();
        assert_eq!(
            access.state(),
            RungState {
                rung: Rung::Observe,
                falls_back_at: None,
                read_only: false
            }
        );
    }

    #[test]
    fn elsewhere_edit_is_had_from_the_start_and_stays() {
        let (access, minutes) = access(Environment::Demo, false);
        minutes.store(100_000, Ordering::Relaxed);
        assert_eq!(
            access.state(),
            RungState {
                rung: Rung::Edit,
                falls_back_at: None,
                read_only: false
            }
        );
    }

    #[test]
    fn a_read_only_profile_stays_at_observe() {
        let (access, _) = access(Environment::Demo, true);
        assert!(access.caller().read_only);
        assert_eq!(
            access.set_rung(Rung::Edit).unwrap_err().code(),
            greenroom_domain::ErrorCode::WriteRefused
        );
        assert_eq!(access.state().rung, Rung::Observe);
    }

    #[test]
    fn the_actor_is_the_operating_systems_user() {
        let actor = actor("p", "cli");
        assert!(!actor.os_user.is_empty() && actor.os_user != "unknown");
        assert!(!actor.host.is_empty());
    }
}

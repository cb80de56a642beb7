//! One store's connection: opened, probed, given up, opened again. It knows nothing of the other four.

use std::sync::Arc;
use std::time::{Duration, Instant};

use backon::{BackoffBuilder, ExponentialBuilder};
use greenroom_domain::health::{Health, Probe, StoreHealth, StoreState};
use greenroom_domain::profile::Profile;
use greenroom_domain::{ApiError, ErrorCode};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::Timing;
use super::adapter::Adapter;
use crate::error::Error;
use crate::secrets::Secrets;

/// A store's connection as use cases see it.
#[derive(Debug)]
pub(crate) struct Link<T> {
    slot: watch::Receiver<Slot<T>>,
    calls: Arc<Calls>,
}

/// What others ask of the supervising task.
#[derive(Debug, Default)]
struct Calls {
    probe_now: Notify,
    retry_now: Notify,
}

#[derive(Debug, Clone)]
enum Slot<T> {
    Connecting,
    Open(T),
    Down(Box<StoreHealth>),
}

impl<T: Adapter> Link<T> {
    /// Starts supervising. The first attempt is under way when this returns.
    pub(crate) fn start(
        profile: &Arc<Profile>,
        secrets: &Secrets,
        timing: Timing,
        health: watch::Sender<Health>,
        cancelled: CancellationToken,
        tasks: &tokio_util::task::TaskTracker,
    ) -> Self {
        let (sender, slot) = watch::channel(Slot::Connecting);
        let calls = Arc::new(Calls::default());
        let supervisor = Supervisor {
            profile: Arc::clone(profile),
            secrets: secrets.clone(),
            timing,
            health,
            slot: sender,
            calls: Arc::clone(&calls),
            cancelled,
        };
        tasks.spawn(supervisor.run());
        Self { slot, calls }
    }

    /// The adapter. Waits while the very first attempt is under way, which has a deadline.
    pub(crate) async fn adapter(&self) -> Result<T, Error> {
        let mut slot = self.slot.clone();
        let settled = slot.wait_for(|slot| !matches!(slot, Slot::Connecting)).await;
        match settled.as_deref() {
            Ok(Slot::Open(adapter)) => Ok(adapter.clone()),
            Ok(Slot::Down(health)) => Err(Error::Down {
                store: T::KIND,
                since: health.since,
                problem: health.problem.clone().map(Box::new),
            }),
            _ => Err(Error::Down {
                store: T::KIND,
                since: chrono::Utc::now(),
                problem: None,
            }),
        }
    }

    pub(crate) fn suspect(&self) {
        self.calls.probe_now.notify_one();
    }

    pub(crate) fn retry(&self) {
        self.calls.retry_now.notify_one();
    }
}

struct Supervisor<T> {
    profile: Arc<Profile>,
    secrets: Secrets,
    timing: Timing,
    health: watch::Sender<Health>,
    slot: watch::Sender<Slot<T>>,
    calls: Arc<Calls>,
    cancelled: CancellationToken,
}

/// What became of an attempt or a probe.
enum Heard {
    Well(Probe),
    /// It answers, though not as hoped.
    Badly(ApiError, Duration),
    /// The connection is lost.
    Nothing(ApiError),
}

impl<T: Adapter> Supervisor<T> {
    async fn run(self) {
        let cancelled = self.cancelled.clone();
        let _ = cancelled.run_until_cancelled(self.supervise()).await;
        if let Slot::Open(adapter) = self.slot.send_replace(Slot::Connecting) {
            adapter.end().await;
        }
    }

    async fn supervise(&self) {
        let mut delays = self.delays();
        loop {
            let problem = match self.open().await {
                Ok((adapter, heard)) => {
                    delays = self.delays();
                    self.up(heard);
                    self.slot.send_replace(Slot::Open(adapter.clone()));
                    let problem = self.watch_over(&adapter).await;
                    // Calls under way end by their own deadlines.
                    tokio::spawn(adapter.end());
                    problem
                }
                Err(problem) => problem,
            };
            let delay = delays.next().unwrap_or(self.timing.longest_delay);
            self.down(problem, delay);
            tokio::select! {
                () = tokio::time::sleep(delay) => {}
                () = self.calls.retry_now.notified() => {}
            }
        }
    }

    /// Doubling from half a second to half a minute, so that a store that comes back is not met by every client at once.
    fn delays(&self) -> backon::ExponentialBackoff {
        ExponentialBuilder::default()
            .with_min_delay(self.timing.first_delay)
            .with_max_delay(self.timing.longest_delay)
            .with_jitter()
            .without_max_times()
            .build()
    }

    async fn open(&self) -> Result<(T, Heard), ApiError> {
        let limit = self.timing.connect;
        let secret = self.secrets.expose(T::KIND);
        // The adapter keeps its own deadline; this one stands behind it.
        let opened = tokio::time::timeout(limit + Duration::from_secs(1), T::open(&self.profile, secret, limit)).await;
        let adapter = match opened {
            Ok(Ok(adapter)) => adapter,
            Ok(Err(error)) => return Err(self.told(error)),
            Err(_) => return Err(self.told(Error::late(T::KIND, "connect"))),
        };
        match self.ask(&adapter).await {
            Heard::Nothing(problem) => {
                adapter.end().await;
                Err(problem)
            }
            heard => Ok((adapter, heard)),
        }
    }

    /// Probes until a probe fails; gives the failure.
    async fn watch_over(&self, adapter: &T) -> ApiError {
        loop {
            tokio::select! {
                () = tokio::time::sleep(self.timing.probe_every) => {}
                () = self.calls.probe_now.notified() => {}
            }
            match self.ask(adapter).await {
                Heard::Nothing(problem) => return problem,
                heard => self.up(heard),
            }
        }
    }

    async fn ask(&self, adapter: &T) -> Heard {
        let limit = self.timing.probe;
        let begun = Instant::now();
        let answer = tokio::time::timeout(limit + Duration::from_millis(500), adapter.ask(limit)).await;
        match answer.unwrap_or_else(|_| Err(Error::late(T::KIND, "probe"))) {
            Ok(probe) => Heard::Well(probe),
            Err(error) if is_lost(error.code()) => Heard::Nothing(self.told(error)),
            Err(error) => Heard::Badly(self.told(error), begun.elapsed()),
        }
    }

    /// The same failure as last time keeps its diagnostic id and is not logged again.
    fn told(&self, error: Error) -> ApiError {
        let before = self
            .health
            .borrow()
            .of(T::KIND)
            .and_then(|health| health.problem.clone());
        match before {
            Some(before) if before.code == error.code() => before,
            _ => error.into(),
        }
    }

    fn up(&self, heard: Heard) {
        self.change(|own| {
            own.next_attempt_at = None;
            own.problem = None;
            match heard {
                Heard::Well(probe) => learn(own, probe),
                Heard::Badly(problem, took) => {
                    own.latency_ms = Some(u32::try_from(took.as_millis()).unwrap_or(u32::MAX));
                    own.detail = Some(problem.message.clone());
                    own.problem = Some(problem);
                    StoreState::Degraded
                }
                Heard::Nothing(_) => own.state,
            }
        });
    }

    fn down(&self, problem: ApiError, delay: Duration) {
        let next = chrono::Utc::now() + chrono::Duration::from_std(delay).unwrap_or_default();
        let health = self.change(|own| {
            own.next_attempt_at = Some(next);
            own.detail = Some(problem.message.clone());
            own.problem = Some(problem);
            own.latency_ms = None;
            own.pool = None;
            StoreState::Down
        });
        // Whoever asks from now on is told that it is down.
        if let Some(health) = health {
            self.slot.send_replace(Slot::Down(Box::new(health)));
        }
    }

    fn change(&self, change: impl FnOnce(&mut StoreHealth) -> StoreState) -> Option<StoreHealth> {
        let now = chrono::Utc::now();
        let mut after = None;
        self.health.send_modify(|health| {
            health.as_of = now;
            let Some(own) = health.of_mut(T::KIND) else { return };
            let before = own.state;
            own.state = change(own);
            if own.state != before {
                own.since = now;
            }
            after = Some(own.clone());
        });
        after
    }
}

/// Whether a failed probe means that the connection is of no use, rather than that the server refused the question.
fn is_lost(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::StoreUnreachable
            | ErrorCode::StoreTimeout
            | ErrorCode::StoreProtocol
            | ErrorCode::StoreAuth
            | ErrorCode::StoreTlsExpired
            | ErrorCode::StoreTlsUntrusted
            | ErrorCode::StoreDown
    )
}

fn learn(own: &mut StoreHealth, probe: Probe) -> StoreState {
    let state = if probe.warning.is_some() {
        StoreState::Degraded
    } else {
        StoreState::Up
    };
    own.latency_ms = Some(probe.latency_ms);
    own.detail = probe.warning.or(probe.note);
    // What could not be asked this time is still what it was.
    own.version = probe.version.or_else(|| own.version.take());
    own.role = probe.role.or_else(|| own.role.take());
    own.pool = probe.pool;
    own.holds_bytes = probe.holds_bytes.or(own.holds_bytes);
    state
}

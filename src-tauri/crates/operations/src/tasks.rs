//! Long work with progress and a cancel handle, kept in memory while the process lives.
//!
//! Not a job queue: nothing is persisted or retried, and what a task does is its caller's affair.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use greenroom_domain::task::{Task, TaskState, TaskUnit};
use greenroom_domain::value::Count;
use greenroom_domain::{ApiError, ErrorCode};
use tokio::sync::broadcast;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

/// The least time between two reports of one task's progress.
pub const REPORT_EVERY: Duration = Duration::from_millis(100);
/// Tasks remembered; the oldest ended ones are forgotten first.
pub const HISTORY: usize = 200;
/// How long cancelled work may take to stop by itself before it is dropped where it stands.
pub const CANCEL_GRACE: Duration = Duration::from_secs(5);

/// The registry. Clones share it.
#[derive(Debug, Clone)]
pub struct Tasks(Arc<Registry>);

#[derive(Debug)]
struct Registry {
    slots: Mutex<VecDeque<Arc<Slot>>>,
    changes: broadcast::Sender<Task>,
    next: AtomicU64,
}

#[derive(Debug)]
struct Slot {
    task: Mutex<Task>,
    cancel: CancellationToken,
}

/// What work reports through, and hears of its cancellation by.
#[derive(Debug, Clone)]
pub struct TaskHandle(Arc<Slot>);

impl Default for Tasks {
    fn default() -> Self {
        Self::new()
    }
}

impl Tasks {
    /// An empty registry.
    #[must_use]
    pub fn new() -> Self {
        let (changes, _) = broadcast::channel(1024);
        Self(Arc::new(Registry {
            slots: Mutex::default(),
            changes,
            next: AtomicU64::new(1),
        }))
    }

    /// Starts `work` on the runtime of the caller and returns the task as it stands at once.
    ///
    /// Cancelled work should return soon after [`TaskHandle::cancelled`]; after [`CANCEL_GRACE`] its future is dropped,
    /// so what must be undone belongs into a `Drop`. Work that panics fails its task and nothing else.
    pub fn spawn<W, F, E>(&self, kind: &str, subject: impl Into<String>, unit: TaskUnit, work: W) -> Task
    where
        W: FnOnce(TaskHandle) -> F,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let number = self.0.next.fetch_add(1, Ordering::Relaxed);
        let task = Task {
            id: format!("task-{number}"),
            kind: kind.to_owned(),
            subject: subject.into(),
            state: TaskState::Running,
            done: Count(0),
            total: None,
            unit,
            note: None,
            started_at: chrono::Utc::now(),
            ended_at: None,
            problem: None,
        };
        let slot = Arc::new(Slot {
            task: Mutex::new(task.clone()),
            cancel: CancellationToken::new(),
        });
        self.remember(Arc::clone(&slot));
        self.publish(task.clone());
        tracing::info!(task.id = %task.id, task.kind = kind, "task {} began: {kind} {}", task.id, task.subject);
        let work = work(TaskHandle(Arc::clone(&slot)));
        tokio::spawn(self.clone().supervise(slot, work));
        task
    }

    /// What runs and what ended lately, newest first.
    #[must_use]
    pub fn list(&self) -> Vec<Task> {
        lock(&self.0.slots)
            .iter()
            .rev()
            .map(|slot| lock(&slot.task).clone())
            .collect()
    }

    /// One task.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Task> {
        self.find(id).map(|slot| lock(&slot.task).clone())
    }

    /// Every change from now on: beginnings, progress (at most one per [`REPORT_EVERY`] and task), ends.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Task> {
        self.0.changes.subscribe()
    }

    /// Asks a task to stop. A task that has ended stays as it is. `None`: nothing has that id.
    pub fn cancel(&self, id: &str) -> Option<Task> {
        let slot = self.find(id)?;
        let task = {
            let mut task = lock(&slot.task);
            if task.state == TaskState::Running {
                task.state = TaskState::Cancelling;
            }
            task.clone()
        };
        if task.state == TaskState::Cancelling {
            slot.cancel.cancel();
            self.publish(task.clone());
        }
        Some(task)
    }

    /// Asks everything to stop, and waits until it has or `timeout` is over.
    pub async fn shut_down(&self, timeout: Duration) {
        for task in self.list() {
            self.cancel(&task.id);
        }
        let deadline = Instant::now() + timeout;
        while Instant::now() < deadline && self.list().iter().any(|task| task.ended_at.is_none()) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn supervise<F, E>(self, slot: Arc<Slot>, work: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let mut work = tokio::spawn(work);
        let mut tick = interval_at(Instant::now() + REPORT_EVERY, REPORT_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut grace_ends: Option<Instant> = None;
        let mut told = lock(&slot.task).clone();
        let ended = loop {
            tokio::select! {
                ended = &mut work => break ended,
                () = slot.cancel.cancelled(), if grace_ends.is_none() => grace_ends = Some(Instant::now() + CANCEL_GRACE),
                _ = tick.tick() => {
                    let now = lock(&slot.task).clone();
                    if now != told {
                        told = now.clone();
                        self.publish(now);
                    }
                    if grace_ends.is_some_and(|end| Instant::now() >= end) {
                        work.abort();
                    }
                }
            }
        };
        let (state, problem) = match ended {
            Ok(Ok(())) => (TaskState::Done, None),
            Ok(Err(_)) if slot.cancel.is_cancelled() => (TaskState::Cancelled, None),
            Ok(Err(error)) => (TaskState::Failed, Some(error.into())),
            Err(lost) if lost.is_cancelled() => (TaskState::Cancelled, None),
            Err(lost) => (TaskState::Failed, Some(panicked(&lost))),
        };
        let task = {
            let mut task = lock(&slot.task);
            task.state = state;
            task.problem = problem;
            task.ended_at = Some(chrono::Utc::now());
            task.clone()
        };
        tracing::info!(task.id = %task.id, task.state = ?state, "task {} ended: {state:?}", task.id);
        self.publish(task);
    }

    fn find(&self, id: &str) -> Option<Arc<Slot>> {
        lock(&self.0.slots)
            .iter()
            .find(|slot| lock(&slot.task).id == id)
            .map(Arc::clone)
    }

    fn remember(&self, slot: Arc<Slot>) {
        let mut slots = lock(&self.0.slots);
        slots.push_back(slot);
        while slots.len() > HISTORY {
            let Some(oldest) = slots.iter().position(|slot| lock(&slot.task).ended_at.is_some()) else {
                break;
            };
            slots.remove(oldest);
        }
    }

    fn publish(&self, task: Task) {
        // Nobody listening is no failure: the list has it all.
        let _ = self.0.changes.send(task);
    }
}

impl TaskHandle {
    /// So many units more are done.
    pub fn advance(&self, units: u64) {
        lock(&self.0.task).done.0 += units;
    }

    /// So many units are done by now.
    pub fn set_done(&self, units: u64) {
        lock(&self.0.task).done = Count(units);
    }

    /// How many units there will be.
    pub fn set_total(&self, units: u64) {
        lock(&self.0.task).total = Some(Count(units));
    }

    /// What it is at just now.
    pub fn note(&self, note: impl Into<String>) {
        lock(&self.0.task).note = Some(note.into());
    }

    /// Whether somebody asked it to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancel.is_cancelled()
    }

    /// Ends when somebody asks it to stop.
    pub async fn cancelled(&self) {
        self.0.cancel.cancelled().await;
    }

    /// For calls that take a token of their own.
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        self.0.cancel.clone()
    }
}

fn panicked(lost: &tokio::task::JoinError) -> ApiError {
    tracing::error!("a task panicked: {lost}");
    ApiError {
        code: ErrorCode::Internal,
        message: "the task stopped because of a bug in Greenroom".to_owned(),
        retryable: false,
        hint: None,
        diagnostic_id: String::new(),
        store: None,
        outcome: None,
    }
}

// A panic while a lock is held leaves a whole value behind: every critical section here is a plain assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn until_ended(tasks: &Tasks, id: &str) -> Task {
        let mut changes = tasks.subscribe();
        let wait = async {
            loop {
                if let Some(task) = tasks.get(id).filter(|task| task.ended_at.is_some()) {
                    return task;
                }
                let _ = changes.recv().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait)
            .await
            .expect("the task ends")
    }

    #[tokio::test]
    async fn a_task_ends_with_its_progress_told() {
        let tasks = Tasks::new();
        let task = tasks.spawn("recording_download", "a.mp4", TaskUnit::Bytes, |handle| async move {
            handle.set_total(30);
            handle.advance(10);
            handle.advance(20);
            handle.note("writing");
            Ok::<_, ApiError>(())
        });
        assert_eq!(task.state, TaskState::Running);
        let ended = until_ended(&tasks, &task.id).await;
        assert_eq!(
            (ended.state, ended.done, ended.total),
            (TaskState::Done, Count(30), Some(Count(30)))
        );
        assert_eq!(ended.note.as_deref(), Some("writing"));
    }

    #[tokio::test]
    async fn a_cancelled_task_hears_of_it_and_ends_cancelled() {
        let tasks = Tasks::new();
        let task = tasks.spawn("recording_download", "a.mp4", TaskUnit::Bytes, |handle| async move {
            handle.cancelled().await;
            Err(panicked_like())
        });
        assert_eq!(tasks.cancel(&task.id).unwrap().state, TaskState::Cancelling);
        let ended = until_ended(&tasks, &task.id).await;
        assert_eq!((ended.state, ended.problem), (TaskState::Cancelled, None));
        assert_eq!(
            tasks.cancel(&task.id).unwrap().state,
            TaskState::Cancelled,
            "an ended task stays as it is"
        );
        assert!(tasks.cancel("task-99").is_none());
    }

    #[tokio::test]
    async fn a_task_that_does_not_listen_is_dropped_after_its_grace() {
        let tasks = Tasks::new();
        let task = tasks.spawn("deaf", "", TaskUnit::Steps, |_| {
            std::future::pending::<Result<(), ApiError>>()
        });
        tasks.cancel(&task.id);
        assert_eq!(until_ended(&tasks, &task.id).await.state, TaskState::Cancelled);
    }

    #[tokio::test]
    async fn a_panic_fails_its_own_task_only() {
        let tasks = Tasks::new();
        let bad = tasks.spawn("bad", "", TaskUnit::Steps, |_| async {
            panic!("on purpose") as Result<(), ApiError>
        });
        let good = tasks.spawn("good", "", TaskUnit::Steps, |_| async { Ok::<_, ApiError>(()) });
        let ended = until_ended(&tasks, &bad.id).await;
        assert_eq!(ended.state, TaskState::Failed);
        assert_eq!(ended.problem.unwrap().code, ErrorCode::Internal);
        assert_eq!(until_ended(&tasks, &good.id).await.state, TaskState::Done);
    }

    #[tokio::test]
    async fn a_hundred_thousand_steps_are_told_in_a_handful_of_changes() {
        let tasks = Tasks::new();
        let mut changes = tasks.subscribe();
        let began = Instant::now();
        let task = tasks.spawn("fast", "", TaskUnit::Rows, |handle| async move {
            for _ in 0..100_000 {
                handle.advance(1);
                tokio::task::yield_now().await;
            }
            Ok::<_, ApiError>(())
        });
        let ended = until_ended(&tasks, &task.id).await;
        let most = began.elapsed().as_millis() / REPORT_EVERY.as_millis() + 2;
        let mut told = 0_u128;
        while changes.try_recv().is_ok() {
            told += 1;
        }
        assert_eq!(ended.done, Count(100_000));
        assert!(told <= most, "{told} changes, at most {most} expected");
    }

    #[tokio::test]
    async fn the_oldest_ended_tasks_are_forgotten_first_and_running_ones_never() {
        let tasks = Tasks::new();
        let running = tasks.spawn("runs", "", TaskUnit::Steps, |handle| async move {
            handle.cancelled().await;
            Ok::<_, ApiError>(())
        });
        for _ in 0..HISTORY + 20 {
            let task = tasks.spawn("quick", "", TaskUnit::Steps, |_| async { Ok::<_, ApiError>(()) });
            until_ended(&tasks, &task.id).await;
        }
        let list = tasks.list();
        assert_eq!(list.len(), HISTORY);
        assert_eq!(list.last().unwrap().id, running.id);
        tasks.shut_down(Duration::from_secs(5)).await;
        assert!(tasks.list().iter().all(|task| task.ended_at.is_some()));
    }

    fn panicked_like() -> ApiError {
        ApiError {
            code: ErrorCode::Cancelled,
            message: "stopped".to_owned(),
            retryable: false,
            hint: None,
            diagnostic_id: String::new(),
            store: None,
            outcome: None,
        }
    }
}

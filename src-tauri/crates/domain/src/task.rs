//! Long work: what the task centre shows, with progress and a cancel handle.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::value::{Count, Timestamp};

/// One piece of long work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Task {
    /// Unique in this process.
    pub id: String,
    /// `noun_verb`: what is done; the window has the words.
    pub kind: String,
    /// To what: a name, a file.
    pub subject: String,
    /// How far it is.
    pub state: TaskState,
    /// Units done.
    pub done: Count,
    /// Units in all, where known.
    pub total: Option<Count>,
    /// What a unit is.
    pub unit: TaskUnit,
    /// What it is at just now.
    pub note: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it failed.
    pub problem: Option<ApiError>,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// At work.
    Running,
    /// Asked to stop, not stopped yet.
    Cancelling,
    /// Stopped on request.
    Cancelled,
    /// Ended well.
    Done,
    /// Ended badly.
    Failed,
}

/// What a task counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TaskUnit {
    /// Bytes.
    Bytes,
    /// Rows, documents, keys, entries.
    Rows,
    /// Steps.
    Steps,
}

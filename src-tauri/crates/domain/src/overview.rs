//! Today's figures, each from its own store, so that one store down leaves the others' figures standing.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::value::{Count, SizeBytes, Timestamp};

/// How far back the figures reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum OverviewSpan {
    /// Since midnight UTC.
    Today,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
}

/// One figure with its course.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Figure {
    /// Which.
    pub kind: FigureKind,
    /// The number over the span.
    pub value: Option<Count>,
    /// The number over the same span before it.
    pub previous: Option<Count>,
    /// Bytes, where the figure has them (recordings).
    pub size_bytes: Option<SizeBytes>,
    /// The span in equal steps, oldest first.
    pub course: Vec<u32>,
    /// True where reading stopped at a bound: the number is at least this.
    pub at_least: bool,
    /// Why there is no number.
    pub problem: Option<ApiError>,
}

/// What the figures count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// Meetings that started (PostgreSQL).
    Meetings,
    /// People in rooms now (Redis).
    PeopleInRooms,
    /// Recordings made (PostgreSQL).
    Recordings,
    /// Chat messages (MongoDB).
    ChatMessages,
    /// AI results (MongoDB).
    AiResults,
    /// Log lines at level error (MongoDB).
    ErrorLines,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Overview {
    /// One of each kind.
    pub figures: Vec<Figure>,
    /// `queue:notifications`: its length; `None` with `queue_problem` where Redis did not tell.
    pub queue_length: Option<Count>,
    /// Why there is no queue length.
    pub queue_problem: Option<ApiError>,
    /// When it was read.
    pub as_of: Timestamp,
}

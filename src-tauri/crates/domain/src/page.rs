//! Pages: every list has a limit and continues after the last row seen, never by counting rows past.

use serde::{Deserialize, Serialize};

use crate::value::{Count, Timestamp};

/// The most rows one page may hold.
pub const MAX_LIMIT: u32 = 1_000;
/// What a page holds when nobody says.
pub const DEFAULT_LIMIT: u32 = 100;

/// Which rows of a list: at most `limit`, after the place that `after` names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PageRequest {
    /// `next` of the page before; `None` for the first page. Opaque.
    pub after: Option<String>,
    /// 1 to [`MAX_LIMIT`].
    pub limit: u32,
}

impl PageRequest {
    /// The first page of at most `limit` rows.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { after: None, limit }
    }

    /// The limit, brought into 1..=[`MAX_LIMIT`].
    #[must_use]
    pub fn bounded_limit(&self) -> u32 {
        self.limit.clamp(1, MAX_LIMIT)
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self::first(DEFAULT_LIMIT)
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// How many rows match in all, where somebody asked; counting is a call of its own.
    pub total: Option<Count>,
    /// Whether `total` is the planner's estimate.
    pub estimated: bool,
    /// When the rows were read.
    pub as_of: Timestamp,
}

impl<T> Page<T> {
    /// A page read just now, its total not yet asked for.
    #[must_use]
    pub fn new(items: Vec<T>, next: Option<String>) -> Self {
        Self {
            items,
            next,
            total: None,
            estimated: false,
            as_of: chrono::Utc::now(),
        }
    }

    /// The same page with each row turned into something else.
    #[must_use]
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(turn).collect(),
            next: self.next,
            total: self.total,
            estimated: self.estimated,
            as_of: self.as_of,
        }
    }
}

/// How many rows a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Total {
    /// The number.
    pub value: Count,
    /// True where it is the planner's estimate: counting would have cost too much.
    pub estimated: bool,
}

/// A reading that stopped at a bound: what was looked at, and whether that was everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Coverage {
    /// Keys, objects or documents looked at.
    pub scanned: Count,
    /// False where the reading stopped at its limit or deadline before the end.
    pub complete: bool,
}

//! Figures over a span, read along an index and never further than a bound.

use greenroom_domain::{SizeBytes, Timestamp};
use sqlx::postgres::PgRow;

use crate::value::{Cells, Moment};
use crate::{Error, Lane, Postgres, Query};

/// The most rows one figure looks at.
const FIGURE_LIMIT: i64 = 200_000;

/// A figure's two spans and their steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spans {
    /// Where the span before begins and ends.
    pub previous: (Timestamp, Timestamp),
    /// Where the span begins and ends (now).
    pub current: (Timestamp, Timestamp),
    /// Seconds per step of the course; at least 1.
    pub step_s: u32,
}

impl Spans {
    /// How many steps the current span has, the last one cut short by its end.
    #[must_use]
    pub fn steps(&self) -> usize {
        let seconds = (self.current.1 - self.current.0).num_seconds().max(1);
        let step = i64::from(self.step_s.max(1));
        usize::try_from((seconds + step - 1) / step).unwrap_or(1).clamp(1, 400)
    }

    fn step_of(&self, at: Timestamp) -> Option<usize> {
        if at < self.current.0 || at >= self.current.1 {
            return None;
        }
        let step = (at - self.current.0).num_seconds() / i64::from(self.step_s.max(1));
        usize::try_from(step).ok().map(|step| step.min(self.steps() - 1))
    }
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Over the span.
    pub value: u64,
    /// Over the span before.
    pub previous: u64,
    /// By step, oldest first.
    pub course: Vec<u32>,
    /// Bytes over the span, where there are any to sum.
    pub size_bytes: Option<SizeBytes>,
    /// Reading stopped at a bound: the numbers are at least these.
    pub at_least: bool,
}

impl Postgres {
    /// Meetings that started, without those called off or deleted.
    /// Cost: `idx_meetings_start_time` over both spans, at most 200,000 rows of each.
    ///
    /// # Errors
    /// `StoreTimeout` where it took longer than [`crate::QUICK_DEADLINE`].
    pub async fn meetings_started(&self, spans: &Spans) -> Result<Counted, Error> {
        let ask = |span: (Timestamp, Timestamp)| {
            let mut query = Query::new("SELECT date_bin('1 second'::interval * ");
            query.push_bind(f64::from(spans.step_s.max(1)));
            query
                .push(", start_time, ")
                .push_bind(Moment::from(span.0))
                .push(") AS step, count(*) AS n, NULL::bigint AS size ");
            query.push("FROM (SELECT m.start_time FROM meetings m WHERE m.start_time >= ");
            query
                .push_bind(Moment::from(span.0))
                .push(" AND m.start_time < ")
                .push_bind(Moment::from(span.1));
            query.push(" AND m.deleted_at IS NULL AND (m.status IN ('cancelled', 'canceled')) IS NOT TRUE");
            query
                .push(" ORDER BY m.start_time DESC LIMIT ")
                .push_bind(FIGURE_LIMIT)
                .push(") AS bounded GROUP BY 1");
            query
        };
        let mut counted = self.counted("overview.meetings", spans, ask).await?;
        counted.at_least = counted.value.max(counted.previous) >= FIGURE_LIMIT.unsigned_abs();
        Ok(counted)
    }

    /// Recordings made. `created_at` has no index, so the newest rows by id are looked at: id runs with creation.
    /// Cost: the last 200,000 rows of the primary key at most, once per span.
    ///
    /// # Errors
    /// `StoreTimeout` where it took longer than [`crate::QUICK_DEADLINE`].
    pub async fn recordings_made(&self, spans: &Spans) -> Result<Counted, Error> {
        let ask = |span: (Timestamp, Timestamp)| {
            let mut query = Query::new("SELECT date_bin('1 second'::interval * ");
            query.push_bind(f64::from(spans.step_s.max(1)));
            query
                .push(", created_at, ")
                .push_bind(Moment::from(span.0))
                .push(") AS step, count(*) AS n, ");
            query.push("least(sum(greatest(file_size, 0)), 9007199254740991)::bigint AS size ");
            query.push("FROM (SELECT r.created_at, r.file_size FROM meeting_recordings r ORDER BY r.id DESC LIMIT ");
            query
                .push_bind(FIGURE_LIMIT)
                .push(") AS bounded WHERE created_at >= ")
                .push_bind(Moment::from(span.0));
            query
                .push(" AND created_at < ")
                .push_bind(Moment::from(span.1))
                .push(" GROUP BY 1");
            query
        };
        let mut counted = self.counted("overview.recordings", spans, ask).await?;
        // Both spans are cut from the same newest rows.
        counted.at_least = counted.value + counted.previous >= FIGURE_LIMIT.unsigned_abs();
        Ok(counted)
    }

    async fn counted(
        &self,
        operation: &'static str,
        spans: &Spans,
        ask: impl Fn((Timestamp, Timestamp)) -> Query,
    ) -> Result<Counted, Error> {
        let mut call = self.call(operation, Lane::Quick).await?;
        let current = call.rows(&mut ask(spans.current)).await?;
        let previous = call.rows(&mut ask(spans.previous)).await?;
        let read = |row: &PgRow| -> Result<(Option<Timestamp>, u64, Option<u64>), sqlx::Error> {
            let unsigned = |number: i64| u64::try_from(number).unwrap_or(0);
            Ok((
                row.shown("step")?,
                row.long("n")?.map_or(0, unsigned),
                row.long("size")?.map(unsigned),
            ))
        };
        let current = call.decoded(current.iter().map(read).collect::<Result<Vec<_>, _>>())?;
        let previous = call.decoded(previous.iter().map(read).collect::<Result<Vec<_>, _>>())?;
        let mut course = vec![0_u32; spans.steps()];
        for (step, count, _) in &current {
            if let Some(slot) = step.and_then(|at| spans.step_of(at)).and_then(|at| course.get_mut(at)) {
                *slot = slot.saturating_add(u32::try_from(*count).unwrap_or(u32::MAX));
            }
        }
        let total = |rows: &[(Option<Timestamp>, u64, Option<u64>)]| rows.iter().map(|row| row.1).sum::<u64>();
        let sizes: Vec<u64> = current.iter().filter_map(|row| row.2).collect();
        Ok(Counted {
            value: total(&current),
            previous: total(&previous),
            course,
            size_bytes: (!sizes.is_empty()).then(|| SizeBytes(sizes.iter().sum())),
            at_least: false,
        })
    }
}

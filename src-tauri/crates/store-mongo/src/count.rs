//! How many documents a span of time holds, and their course over it: bounded, on the server, never a bare count of everything.

use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use greenroom_domain::Timestamp;

use crate::{CALL_LIMIT, Error, Mongo, SERVER_LIMIT, within};

/// Documents looked at by one figure, at most.
const MAX_DOCUMENTS: i64 = 1_000_000;

/// From when to when, in how many steps.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// Included.
    pub from: Timestamp,
    /// Excluded.
    pub to: Timestamp,
    /// Equal parts, 1 to 400.
    pub steps: u32,
}

/// A figure's number and course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// Over the span.
    pub value: u64,
    /// Over as long a span before it.
    pub previous: u64,
    /// The span's steps, oldest first.
    pub steps: Vec<u32>,
    /// Reading stopped at its bound: there are at least as many.
    pub at_least: bool,
}

/// Where a collection keeps the moment of its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// A date in this field.
    Date(&'static str),
    /// A number in `timestamp`, so many to the second.
    Number(i64),
}

impl Mongo {
    /// Counts a collection's documents over a span and the one before it. `only` narrows them.
    /// Cost: one document, then an aggregation over at most a million, with an index on the moment only over the spans'.
    pub(crate) async fn course(
        &self,
        operation: &'static str,
        collection: &str,
        only: Document,
        span: Span,
    ) -> Result<Course, Error> {
        let clock = self.clock(operation, collection).await?;
        let steps = span.steps.clamp(1, 400);
        let length = (span.to - span.from).num_milliseconds().max(1);
        let start = span.from.timestamp_millis() - length;
        let end = span.to.timestamp_millis();
        let (field, unit) = match clock {
            Clock::Date(field) => (field, None),
            Clock::Number(per_second) => ("timestamp", Some(1_000 / per_second)),
        };
        let moment = |millis: i64| match unit {
            None => Bson::DateTime(bson::DateTime::from_millis(millis)),
            Some(unit) => Bson::Int64(millis.div_euclid(unit)),
        };
        // The span before is one bucket, the span `steps` of them.
        let edges = (0..=i64::from(steps)).map(|step| span.from.timestamp_millis() + length * step / i64::from(steps));
        let edges: Vec<Bson> = std::iter::once(start).chain(edges).map(moment).collect();
        let mut matching = only;
        matching.insert(field, doc! { "$gte": moment(start), "$lt": moment(end) });
        let buckets = doc! {
            "groupBy": format!("${field}"),
            "boundaries": edges.clone(),
            "default": "elsewhere",
            "output": { "count": { "$sum": 1 } },
        };
        let pipeline = vec![
            doc! { "$match": matching },
            doc! { "$limit": MAX_DOCUMENTS + 1 },
            doc! { "$bucket": buckets },
        ];
        let documents = self.collection(collection);
        let call = documents.aggregate(pipeline).max_time(SERVER_LIMIT);
        let groups: Vec<Document> = within(operation, CALL_LIMIT, async {
            call.await?.try_collect::<Vec<Document>>().await
        })
        .await?;
        Ok(laid_out(&groups, &edges))
    }

    /// The newest document tells which field its collection keeps the moment in: `created_at` where it is a date.
    async fn clock(&self, operation: &'static str, collection: &str) -> Result<Clock, Error> {
        let documents = self.collection(collection);
        let call = documents
            .find_one(doc! {})
            .sort(doc! { "_id": -1 })
            .projection(doc! { "created_at": 1, "timestamp": 1 })
            .max_time(SERVER_LIMIT);
        let newest = within(operation, CALL_LIMIT, call.into_future())
            .await?
            .unwrap_or_default();
        Ok(match (newest.get("created_at"), newest.get("timestamp")) {
            (Some(Bson::DateTime(_)), _) => Clock::Date("created_at"),
            (_, Some(Bson::DateTime(_))) => Clock::Date("timestamp"),
            (_, Some(number)) if crate::decode::integer(number).is_some_and(|number| number > 100_000_000_000) => {
                Clock::Number(1_000)
            }
            (_, Some(Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_))) => Clock::Number(1),
            _ => Clock::Date("created_at"),
        })
    }
}

fn laid_out(groups: &[Document], edges: &[Bson]) -> Course {
    let mut course = Course {
        steps: vec![0; edges.len().saturating_sub(2)],
        ..Course::default()
    };
    let mut all = 0;
    for group in groups {
        let count = group.get("count").and_then(crate::decode::number).unwrap_or(0);
        all += count;
        let place = group
            .get("_id")
            .and_then(|id| edges.iter().position(|edge| same(edge, id)));
        match place {
            Some(0) => course.previous += count,
            Some(place) => {
                course.value += count;
                if let Some(step) = course.steps.get_mut(place - 1) {
                    *step = step.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
                }
            }
            None => {}
        }
    }
    course.at_least = all > MAX_DOCUMENTS.unsigned_abs();
    course
}

/// Numbers come back in whatever width the server likes.
fn same(edge: &Bson, id: &Bson) -> bool {
    edge == id || crate::decode::integer(edge).is_some_and(|edge| Some(edge) == crate::decode::integer(id))
}

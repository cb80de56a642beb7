//! Today's figures: each from its own store, all asked at once, each failing alone. It draws nothing and remembers nothing.

use std::collections::HashSet;
use std::future::Future;

use chrono::{Duration, NaiveTime, Timelike};
use greenroom_domain::access::Caller;
use greenroom_domain::overview::{Figure, FigureKind, Overview, OverviewSpan};
use greenroom_domain::value::Count;
use greenroom_domain::{ApiError, SizeBytes, Timestamp, UserId};
use greenroom_store_mongo::{Span, ai_results, chat, logs};
use greenroom_store_postgres::figures::{Counted, Spans};
use greenroom_store_redis::{queue, rooms};

use crate::connections::Stores;
use crate::error::Error;

/// The figures of a span that ends now. Never fails as a whole: what could not be had says why in its own place.
/// Cost: two short queries to PostgreSQL, three bounded ones to MongoDB, a bounded scan of Redis.
///
/// # Errors
/// None of its own.
pub async fn get(stores: &Stores, _: &Caller, span: OverviewSpan) -> Result<Overview, Error> {
    let now = chrono::Utc::now();
    let spans = spans(span, now);
    let (meetings, people, recordings, chat, ai, errors, queue) = tokio::join!(
        async { Ok(Course::from(stores.postgres().await?.meetings_started(&spans).await?)) },
        people_in_rooms(stores),
        async { Ok(Course::from(stores.postgres().await?.recordings_made(&spans).await?)) },
        async {
            twice(&spans, |span| async move {
                Ok(chat::course(&stores.mongo().await?, span).await?)
            })
            .await
        },
        async {
            twice(&spans, |span| async move {
                Ok(ai_results::course(&stores.mongo().await?, span).await?)
            })
            .await
        },
        async {
            twice(&spans, |span| async move {
                Ok(logs::error_course(&stores.mongo().await?, span).await?)
            })
            .await
        },
        async { Ok(queue::notifications_length(&stores.redis().await?).await?) },
    );
    let (queue_length, queue_problem) = match stores.noticing(queue) {
        Ok(length) => (Some(Count(length)), None),
        Err(cause) => (None, Some(ApiError::from(cause))),
    };
    Ok(Overview {
        figures: vec![
            figure(stores, FigureKind::Meetings, meetings),
            figure(stores, FigureKind::PeopleInRooms, people),
            figure(stores, FigureKind::Recordings, recordings),
            figure(stores, FigureKind::ChatMessages, chat),
            figure(stores, FigureKind::AiResults, ai),
            figure(stores, FigureKind::ErrorLines, errors),
        ],
        queue_length,
        queue_problem,
        as_of: now,
    })
}

/// A figure's numbers, from whichever store.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Course {
    value: u64,
    previous: Option<u64>,
    steps: Vec<u32>,
    size_bytes: Option<SizeBytes>,
    at_least: bool,
}

impl From<Counted> for Course {
    fn from(counted: Counted) -> Self {
        Self {
            value: counted.value,
            previous: Some(counted.previous),
            steps: counted.course,
            size_bytes: counted.size_bytes,
            at_least: counted.at_least,
        }
    }
}

fn figure(stores: &Stores, kind: FigureKind, course: Result<Course, Error>) -> Figure {
    match stores.noticing(course) {
        Ok(course) => Figure {
            kind,
            value: Some(Count(course.value)),
            previous: course.previous.map(Count),
            size_bytes: course.size_bytes,
            course: course.steps,
            at_least: course.at_least,
            problem: None,
        },
        Err(cause) => Figure {
            kind,
            value: None,
            previous: None,
            size_bytes: None,
            course: Vec::new(),
            at_least: false,
            problem: Some(ApiError::from(cause)),
        },
    }
}

/// Everybody in a room now, each once. It has no past: Redis keeps none.
async fn people_in_rooms(stores: &Stores) -> Result<Course, Error> {
    let (rooms, coverage) = rooms::all(&stores.redis().await?).await?;
    let people: HashSet<UserId> = rooms.into_iter().flat_map(|room| room.participants).collect();
    let value = u64::try_from(people.len()).unwrap_or(u64::MAX);
    Ok(Course {
        value,
        previous: None,
        steps: Vec::new(),
        size_bytes: None,
        at_least: !coverage.complete,
    })
}

/// Asks MongoDB for the span; where the span before does not end where this one begins, for that one too.
async fn twice<F>(spans: &Spans, ask: impl Fn(Span) -> F) -> Result<Course, Error>
where
    F: Future<Output = Result<greenroom_store_mongo::Course, Error>>,
{
    let steps = spans.steps();
    let whole = Duration::seconds(i64::from(spans.step_s) * i64::try_from(steps).unwrap_or(1));
    let parts = u32::try_from(steps).unwrap_or(1);
    let (from, before) = (spans.current.0, spans.previous);
    // The last step may be under way still: its end lies ahead, so that all steps are of one length.
    let current = ask(Span {
        from,
        to: from + whole,
        steps: parts,
    });
    let (value, previous) = if before.1 == from {
        let course = current.await?;
        let previous = course.previous;
        (course, previous)
    } else {
        let (course, other) = tokio::join!(
            current,
            ask(Span {
                from: before.0,
                to: before.1,
                steps: 1
            })
        );
        (course?, other?.value)
    };
    Ok(Course {
        value: value.value,
        previous: Some(previous),
        steps: value.steps,
        size_bytes: None,
        at_least: value.at_least,
    })
}

/// The span and the same one before it: today against yesterday up to the same time of day, seven and thirty days against
/// those before.
fn spans(span: OverviewSpan, now: Timestamp) -> Spans {
    match span {
        OverviewSpan::Today => {
            let midnight = now.date_naive().and_time(NaiveTime::MIN).and_utc();
            let day = Duration::days(1);
            // The first seconds of a day are a span too.
            let now = now.max(midnight + Duration::seconds(1));
            Spans {
                previous: (midnight - day, now - day),
                current: (midnight, now),
                step_s: 3_600,
            }
        }
        OverviewSpan::Week => back(now, 7, 6 * 3_600),
        OverviewSpan::Month => back(now, 30, 24 * 3_600),
    }
}

fn back(now: Timestamp, days: i64, step_s: u32) -> Spans {
    // Up to the end of the second under way.
    let now = now.with_nanosecond(0).unwrap_or(now) + Duration::seconds(1);
    let span = Duration::days(days);
    Spans {
        previous: (now - span - span, now - span),
        current: (now - span, now),
        step_s,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn today_is_held_against_yesterday_up_to_the_same_time() {
        let spans = spans(OverviewSpan::Today, at("2024-05-02T09:30:00Z"));
        assert_eq!(spans.current, (at("2024-05-02T00:00:00Z"), at("2024-05-02T09:30:00Z")));
        assert_eq!(spans.previous, (at("2024-05-01T00:00:00Z"), at("2024-05-01T09:30:00Z")));
        assert_eq!(spans.steps(), 10);
    }

    #[test]
    fn a_week_and_a_month_follow_on_what_went_before() {
        for (span, steps) in [(OverviewSpan::Week, 28), (OverviewSpan::Month, 30)] {
            let spans = spans(span, at("2024-05-02T09:30:00.123Z"));
            assert_eq!(spans.previous.1, spans.current.0);
            assert_eq!(spans.current.1 - spans.current.0, spans.previous.1 - spans.previous.0);
            assert_eq!(spans.steps(), steps);
        }
    }

    #[test]
    fn the_first_moment_of_a_day_is_a_span_too() {
        let spans = spans(OverviewSpan::Today, at("2024-05-02T00:00:00Z"));
        assert!(spans.current.0 < spans.current.1);
        assert_eq!(spans.steps(), 1);
    }
}

//! `logs`: what the platform's services say. Tailing and searching them is not here yet.

use bson::{Bson, Document, doc};
use greenroom_domain::access::WritePermit;
use greenroom_domain::filter::Period;
use greenroom_domain::meeting::{Bounded, LogLine};
use greenroom_domain::{MeetingId, Timestamp};

use crate::decode::{Fields, whole};
use crate::read::{date, from_json, of_meeting as by_meeting};
use crate::{Course, Error, Mongo, Span};

pub(crate) const COLLECTION: &str = "logs";

/// The fields every line has; others are a service's own.
const COMMON: [&str; 6] = ["_id", "service", "level", "message", "timestamp", "created_at"];

/// A line to be written as the platform's services write theirs.
#[derive(Debug, Clone)]
pub struct NewLogLine {
    /// Which service.
    pub service: String,
    /// `debug`, `info`, `warn`, `error`.
    pub level: String,
    /// The text.
    pub message: String,
    /// When.
    pub at: Timestamp,
    /// Further fields: a JSON object, `meeting_id` for one; anything else is left out.
    pub fields: serde_json::Value,
}

/// The newest lines that name a meeting, at most `limit`, oldest first; within `period` where it has ends, and lines without
/// a `created_at` in any case. Cost: the documents of the meeting, with an index on `meeting_id`; else the whole collection
/// until the deadline.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn of_meeting(
    mongo: &Mongo,
    meeting: MeetingId,
    period: Period,
    limit: usize,
) -> Result<Bounded<LogLine>, Error> {
    let mut filter = by_meeting(meeting);
    let mut range = Document::new();
    if let Some(from) = period.from {
        range.insert("$gte", date(from));
    }
    if let Some(to) = period.to {
        range.insert("$lt", date(to));
    }
    if !range.is_empty() {
        filter.insert(
            "$or",
            vec![doc! { "created_at": range }, doc! { "created_at": Bson::Null }],
        );
    }
    let found = mongo.find("log_list", COLLECTION, filter, false, limit + 1).await?;
    let mut bounded = Bounded::cut(found.iter().map(line).collect(), limit);
    bounded.items.reverse();
    Ok(bounded)
}

fn line(raw: &bson::RawDocumentBuf) -> LogLine {
    let mut fields = Fields::of(raw);
    let (id, service, level, message) = (
        fields.id(),
        fields.text("service"),
        fields.text("level"),
        fields.text("message"),
    );
    let timestamp = fields.moment("timestamp", "created_at");
    let further: Document = fields
        .document
        .iter()
        .filter(|(name, _)| !COMMON.contains(&name.as_str()))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    let undecoded = fields.undecoded();
    let fields = undecoded.or_else(|| (!further.is_empty()).then(|| whole(further)));
    LogLine {
        id,
        service,
        level,
        message,
        timestamp,
        fields,
    }
}

/// How many lines at level error were written over a span.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn error_course(mongo: &Mongo, span: Span) -> Result<Course, Error> {
    let levels = doc! { "level": { "$in": ["error", "ERROR", "Error", "fatal", "FATAL"] } };
    mongo.course("log_count", COLLECTION, levels, span).await
}

/// Writes lines, 1,000 a call. Gives how many.
///
/// # Errors
/// [`Error::Call`] and [`Error::Late`]: some may have been written; see [`Error::outcome`].
pub async fn insert_many(mongo: &Mongo, _permit: &WritePermit, lines: &[NewLogLine]) -> Result<u64, Error> {
    let documents = lines.iter().map(|line| {
        let mut document = doc! {
            "service": line.service.as_str(),
            "level": line.level.as_str(),
            "message": line.message.as_str(),
            "timestamp": line.at.timestamp(),
            "created_at": date(line.at),
        };
        if let Bson::Document(fields) = from_json(&line.fields) {
            document.extend(fields);
        }
        document
    });
    mongo.insert("log_insert", COLLECTION, documents.collect()).await
}
